import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { DOMAINS } from '../../src/lib/access/domains.ts';
import { checkBody, kindOf, kindsOf, refersTo, type Kind } from '../../src/lib/kinds/index.ts';
import { expect, test } from '../stage/browser-test.ts';
import { expectNoFindings, expectToFit } from '../stage/looks.ts';
import { createAccount, newcomer } from '../stage/newcomer.ts';
import { financeExamples } from './finance-examples.ts';
import { healthExamples, type Example } from './health-examples.ts';
import { paperExamples } from './paper-examples.ts';
import { bodyOf, personApi } from './person-api.ts';

/** One record of each kind, so that its list has a row and its form something to show; a kind without one fails here. */
const examples: Record<string, Example> = {
	...financeExamples,
	...paperExamples,
	...healthExamples
};

/** The routes that exist, as they lie in the source, so that a new screen is looked at without being listed here. */
const routes = readdirSync('src/routes', { recursive: true, encoding: 'utf8' })
	.filter((path) => path.endsWith('+page.svelte'))
	.map((path) => path.replace(/\/?\+page\.svelte$/, ''));

/** Every kind in every domain that has it. */
const kept = DOMAINS.flatMap((domain) => kindsOf(domain));
/** Lists and forms are drawn from the types of a kind's fields: the kinds that together have every type. */
const telling = kept.filter(({ fields }, place) => {
	const before = new Set(kept.slice(0, place).flatMap((kind) => Object.values(kind.fields).map(({ type }) => type)));
	return Object.values(fields).some(({ type }) => !before.has(type));
});
const placeOf = ({ domain, name }: Kind) => `${domain}/${name}`;

/** The addresses that a route stands for: one for each kind or domain where it has one. */
function addressesOf(route: string, entity: string, ids: Map<string, string>): string[] {
	const path = `/${route}`.replace(/\/\([^)]+\)/g, '').replace('[entity=uuid]', entity);
	if (path.endsWith('[domain=domain]')) return kept.map(({ domain }) => path.replace('[domain=domain]', domain));
	if (!path.includes('[kind=kind]')) return [path.replace('[id=uuid]', entity)];
	const drawn = process.env.ARCA_SOAK ? kept : telling;
	// Lists and forms differ by kind; the question whose it is and the earlier versions look alike for all.
	const some = /^\/add|versions$/.test(path) ? DOMAINS.flatMap((domain) => kindsOf(domain).slice(0, 1)) : drawn;
	return some.map((kind) =>
		path
			.replace('[domain=domain]', kind.domain)
			.replace('[kind=kind]', kind.name)
			.replace('[id=uuid]', ids.get(placeOf(kind)) ?? '')
	);
}

const looks = [
	{ name: 'phone', viewport: { width: 390, height: 844 }, colorScheme: 'light', locale: 'en-GB' },
	{ name: 'laptop', viewport: { width: 1280, height: 900 }, colorScheme: 'dark', locale: 'es-ES' }
] as const;

// The longest of all: each look by a worker of its own.
test.describe.configure({ mode: 'parallel' });

for (const [turn, look] of looks.entries()) {
	test.describe(look.name, () => {
		test.use({ viewport: look.viewport, colorScheme: look.colorScheme, locale: look.locale });

		const some = process.env.ARCA_SOAK ? 'every screen' : `every other screen (the ${turn ? 'even' : 'odd'})`;
		test(`${some} keeps within a ${look.name}'s width and axe finds nothing on it`, async ({ page, baseURL }) => {
			test.setTimeout(420_000);
			const [entity, ids] = await furnish(page, baseURL ?? '');
			const paths = [...new Set(routes.flatMap((route) => addressesOf(route, entity, ids)))];
			const mine = process.env.ARCA_SOAK ? paths : paths.filter((_, index) => index % 2 === turn);
			for (const path of mine) {
				await visit(page, path);
				await expect(page.getByRole('heading', { level: 1 }), path).toBeVisible();
				await expect(page.getByRole('progressbar'), path).toHaveCount(0);
				await expect(page.getByText(/damaged|cannot be opened|dañad|no se puede abrir/i), path).toHaveCount(0);
				if (process.env.ARCA_SHOTS) await shoot(page, `${look.name}${path}`);
				await expectNoFindings(page);
				await expectToFit(page);
			}
		});
	});
}

/** Goes there as a link of the app does, which costs a fraction of loading it anew; what leads elsewhere is loaded. */
async function visit(page: Page, path: string): Promise<void> {
	if (/^\/(unlock|create-account|sign-in|reset|add|import)|^\/$/.test(path)) return void (await page.goto(path));
	await page.evaluate((href) => {
		const link = document.body.appendChild(Object.assign(document.createElement('a'), { href }));
		link.click();
		link.remove();
	}, path);
	await page.waitForURL((url) => url.pathname === path);
}

/** A new person with one entity that holds a record of every kind. */
async function furnish(page: Page, url: string): Promise<[string, Map<string, string>]> {
	const person = newcomer();
	await createAccount(page, person);
	await page.locator('input[type=text]').first().fill('Casa Ribera');
	await page.locator('form button[type=submit]').click();
	await page.waitForURL(/\/[0-9a-f-]{36}$/);
	const entity = page.url().slice(-36);
	const api = await personApi(url, person);
	const accounts = [
		bodyOf('account', examples.account?.('', '', () => '') ?? {}),
		bodyOf('account', { name: 'Ahorro', type: 'savings', currency: 'EUR' })
	];
	const [account = '', savings = ''] = await api.write(entity, accounts);
	const ids = new Map([['finances/account', account]]);
	for (const domain of DOMAINS) {
		// What others refer to is written before them.
		for (const kind of kindsOf(domain).toSorted((a, b) => rank(a) - rank(b))) {
			if (kind.name === 'account') continue;
			const example = examples[kind.name];
			if (!example) throw new Error(`no example of the kind ${kind.name}`);
			const body = bodyOf(
				kind.name,
				example(account, savings, (name) => ids.get(`${domain}/${name}`) ?? '')
			);
			expect(checkBody(body).problems).toEqual([]);
			const [id = ''] = await api.write(entity, [body], domain);
			ids.set(placeOf(kind), id);
		}
	}
	return [entity, ids];
}

/** 0 for a kind that refers to nothing, 1 for one that refers to those, and so on. */
function rank(kind: Kind): number {
	const known = Object.values(kind.fields).flatMap((field) => refersTo(field).flatMap((name) => kindOf(name) ?? []));
	return known.length === 0 ? 0 : 1 + Math.max(...known.map(rank));
}

/** Keeps a picture for people to look at. */
async function shoot(page: Page, name: string): Promise<void> {
	const file = `${name.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id').replaceAll('/', '_')}.png`;
	await page.screenshot({ path: join(process.env.ARCA_SHOTS ?? '', file), fullPage: true });
}
