import type { Page, Route } from '@playwright/test';
import type { PullAnswer } from '../../src/lib/api/record.ts';
import { expect, test } from '../stage/browser-test.ts';
import { atHome } from './at-home.ts';
import { bodyOf } from './person-api.ts';
import type { PersonApi } from './person-api.ts';

const expense = (payee: string) =>
	bodyOf('expense', { date: '2026-03-01', amount: { minor: 300, currency: 'EUR' }, payee });

/** A new person with one entity that has these expenses, on its Home. */
async function atHomeWith(
	page: Page,
	baseURL: string | undefined,
	payees: readonly string[]
): Promise<{ entity: string; api: PersonApi }> {
	return atHome(page, baseURL, ({ api, entity }) => api.write(entity, payees.map(expense)));
}

const waitingMark = (page: Page) => page.getByText(/1 change waiting/);
const review = (page: Page) => page.getByRole('region', { name: 'To review' });

async function giveCategory(page: Page, payee: string): Promise<void> {
	await review(page).getByLabel(`Category of ${payee}`).selectOption('groceries');
	await review(page).getByRole('button', { name: 'Save' }).click();
}

test('damaged records are counted and named, the rest is there, and a row that lies is told', async ({
	page,
	baseURL
}) => {
	await page.route('**/api/records/pull', async (route) => {
		const answer = await route.fetch();
		const pulled = (await answer.json()) as PullAnswer;
		const records = pulled.records.map((record) => {
			if (record.plain?.values.payee === 'Damaged') return { ...record, plain: undefined, damaged: true };
			return record.plain?.values.payee === 'Fine' ? record : { ...record, state: 'bin' };
		});
		await route.fulfill({ response: answer, json: { ...pulled, records } });
	});
	await atHomeWith(page, baseURL, ['Damaged', 'Said to be deleted', 'Fine']);
	await expect(page.getByText('One record is damaged')).toBeVisible();
	await page.getByText('Which ones').first().click();
	await expect(page.getByText(/Damaged record in Finances/)).toBeVisible();
	await expect(page.getByText('The database says something else about one record')).toBeVisible();
	await expect(review(page)).toContainText('2 without a category');
	await expect(review(page)).toContainText('Said to be deleted');
	// A pull that is still under way ends with the page, and is no fault of the next test.
	await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('a change that does not get through is kept on the device, told of quietly, and sent when the server is there', async ({
	page,
	context,
	baseURL
}) => {
	const { entity } = await atHomeWith(page, baseURL, ['Kiosk']);
	await expect(review(page)).toContainText('Kiosk');
	await context.route('**/api/**', (route: Route) => route.abort());
	await giveCategory(page, 'Kiosk');
	await expect(review(page)).toContainText('Everything has a category');
	await expect(waitingMark(page)).toBeVisible();
	const asked: string[] = [];
	page.on('dialog', (dialog) => {
		asked.push(dialog.type());
		void dialog.accept();
	});
	await page.close({ runBeforeUnload: true });
	await expect.poll(() => page.isClosed()).toBe(true);
	expect(asked).toEqual([]);
	await context.unroute('**/api/**');
	const again = await context.newPage();
	await again.goto(`/${entity}`);
	await expect(review(again)).toContainText('Everything has a category');
	await expect(waitingMark(again)).toHaveCount(0);
});

test('an answer that is lost is no second record and no conflict', async ({ page, baseURL }) => {
	const { entity, api } = await atHomeWith(page, baseURL, ['Kiosk']);
	let lost = 0;
	await page.route('**/api/records/push', async (route) => {
		await route.fetch();
		lost += 1;
		if (lost < 3) await route.abort();
		else await route.fallback();
	});
	await giveCategory(page, 'Kiosk');
	await expect.poll(() => lost).toBe(3);
	await expect(page.getByText(/change waiting|Two values/)).toHaveCount(0);
	expect(await api.names(entity)).toEqual(['Kiosk']);
});

test('without the server the page keeps what it has and says so, until it is there again', async ({
	page,
	baseURL
}) => {
	await atHomeWith(page, baseURL, ['Kiosk']);
	await expect(review(page)).toContainText('Kiosk');
	await page.route('**/api/**', (route: Route) => route.abort());
	await page.evaluate(() => window.dispatchEvent(new Event('focus')));
	await expect(page.getByRole('link', { name: 'Offline' })).toBeVisible({ timeout: 60_000 });
	await expect(review(page)).toContainText('Kiosk');
	await page.unroute('**/api/**');
	await page.evaluate(() => window.dispatchEvent(new Event('focus')));
	await expect(page.getByRole('link', { name: 'Offline' })).toHaveCount(0);
});

test('an entity that is not the person\u2019s is not there, and whoever signs out leaves nothing on the screen', async ({
	page,
	baseURL
}) => {
	const { entity } = await atHomeWith(page, baseURL, ['Kiosk']);
	await page.goto('/00000000-0000-4000-8000-000000000000');
	await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
	await page.goto('/settings');
	await page.getByRole('button', { name: 'Sign out' }).first().click();
	await page.waitForURL(/\/sign-in/);
	await page.goto(`/${entity}`);
	await page.waitForURL(/\/sign-in\?next=/);
	await expect(page.getByText('Kiosk')).toHaveCount(0);
});

test('an address that names no kind of record leads nowhere, and one of a kind in another domain neither', async ({
	page,
	baseURL
}) => {
	const { entity } = await atHomeWith(page, baseURL, ['Kiosk']);
	const id = '00000000-0000-4000-8000-000000000000';
	for (const path of ['finances/nothing', 'finances/nothing/new', `finances/nothing/${id}`, 'health/expense']) {
		await page.goto(`/${entity}/${path}`);
		await expect(page.getByRole('heading', { name: 'There is nothing here' }), path).toBeVisible();
	}
	expect((await page.goto(`/${entity}/finances/No_kind`))?.status()).toBe(404);
	await page.goto(`/${entity}/finances/expense`);
	await expect(page.getByText('Kiosk')).toBeVisible();
});
