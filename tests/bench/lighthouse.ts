import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import lighthouse from 'lighthouse';
import { bodyOf, personApi } from '../e2e/person-api.ts';
import { freePort } from '../stage/free-port.ts';
import { createAccount, newcomer } from '../stage/newcomer.ts';
import type { Newcomer } from '../stage/newcomer.ts';
import { startServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { median } from '../stage/median.ts';

/**
 * Lighthouse (mobile, median of five runs) on the sign-in page and on Home, of an entity that was just made and of one
 * with 5,000 expenses over five years; the peer is a perfect score. Each run is in a browser that was just started, as a
 * person opens the app: the tool's debugger walks through all that earlier pages left in a process, on the page's time.
 */
const runs = Number(process.env.ARCA_LIGHTHOUSE_RUNS ?? 5);
const categories = ['performance', 'accessibility', 'best-practices'];
const server = await startServer({ env: raisedLimits });
const profile = await mkdtemp(join(tmpdir(), 'arca-lighthouse-'));
const port = await freePort();
const options = {
	executablePath: process.env.ARCA_CHROMIUM ?? '/usr/bin/chromium',
	args: [
		`--remote-debugging-port=${port}`,
		'--no-sandbox',
		'--disable-gpu',
		'--disable-quic',
		'--disable-background-networking',
		'--disable-component-update',
		'--disable-sync'
	]
};
let browser = await chromium.launchPersistentContext(profile, options);

try {
	await measure('sign-in', `${server.url}/sign-in`);
	const page = await browser.newPage();
	const person = newcomer();
	await createAccount(page, person, server.url);
	await page.getByLabel('Name', { exact: true }).fill('Casa');
	await page.getByRole('button', { name: /Create|Save/ }).click();
	await page.waitForURL(/\/[0-9a-f-]{36}$/);
	const home = page.url();
	await page.close();
	await measure('home', home);
	await fill(person, home.slice(-36));
	await measure('home of 5,000', home);
} finally {
	await browser.close();
	await server.stop();
	await rm(profile, { recursive: true, force: true });
}

/** Writes an account and 5,000 expenses of sixty months into an entity. */
async function fill(person: Newcomer, entity: string): Promise<void> {
	const api = await personApi(server.url, person);
	const opening = { minor: 2_500_000, currency: 'EUR' };
	const account = { name: 'Current', type: 'current', currency: 'EUR', opening, openingOn: '2020-01-01' };
	const [id] = await api.write(entity, [bodyOf('account', account)]);
	const now = new Date();
	const expenses = Array.from({ length: 5_000 }, (_, number) => {
		const date = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (number % 60), 1 + (number % 28)));
		const amount = { minor: 150 + ((number * 7919) % 9_000), currency: 'EUR' };
		const category = ['groceries', 'transport', 'leisure', 'health'][number % 4];
		const payee = `Shop ${number % 211}`;
		return bodyOf('expense', { date: date.toISOString().slice(0, 10), amount, payee, category, account: id });
	});
	await api.write(entity, expenses);
}

/** Runs Lighthouse some times on one address and prints a line for each category. */
async function measure(name: string, url: string): Promise<void> {
	const scores = new Map<string, number[]>(categories.map((category) => [category, []]));
	for (let run = 0; run < runs; run++) {
		await browser.close();
		browser = await chromium.launchPersistentContext(profile, options);
		const result = await lighthouse(url, {
			port,
			onlyCategories: categories,
			disableStorageReset: true,
			logLevel: 'error'
		});
		if (!result) throw new Error(`Lighthouse gave nothing for ${url}`);
		if (process.env.ARCA_LIGHTHOUSE_WHY) explain(result.lhr.audits);
		for (const category of categories) scores.get(category)?.push(100 * (result.lhr.categories[category]?.score ?? 0));
	}
	for (const [category, seen] of scores) {
		const ours = Math.round(median(seen));
		console.log(
			JSON.stringify({ bench: `lighthouse ${name} ${category}`, ours, peer: 100, ratio: ours / 100, target: 0.95 })
		);
	}
}

/** Prints the audits that cost points, to find out what to mend. */
function explain(audits: Record<string, { title: string; score: number | null; displayValue?: string }>): void {
	for (const audit of Object.values(audits)) {
		if (audit.score !== null && audit.score < 0.9)
			console.error(`${audit.score} ${audit.title} ${audit.displayValue ?? ''}`);
	}
}
