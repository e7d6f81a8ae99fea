import type { BrowserContext, Page } from '@playwright/test';
import { expect } from '../stage/browser-test.ts';
import { test } from '../stage/front-test.ts';
import type { Front } from '../stage/front.ts';
import { signIn } from '../stage/newcomer.ts';
import type { Newcomer } from '../stage/newcomer.ts';
import { atHome } from './at-home.ts';
import { bodyOf } from './person-api.ts';
import type { PersonApi } from './person-api.ts';

const expense = (payee: string) =>
	bodyOf('expense', { date: '2026-03-01', amount: { minor: 300, currency: 'EUR' }, payee });

interface Home {
	person: Newcomer;
	api: PersonApi;
	entity: string;
	/** Where the expenses are listed. */
	list: string;
	/** The records laid there, in order. */
	ids: string[];
}

/** A new person with one entity that has these expenses, on the list of them. */
async function atExpenses(page: Page, payees: readonly string[]): Promise<Home> {
	let ids: string[] = [];
	const fill = async ({ api, entity }: Pick<Home, 'api' | 'entity'>) => {
		ids = await api.write(entity, payees.map(expense));
	};
	const { person, entity, api } = await atHome(page, process.env.ARCA_E2E_URL, fill, '');
	const list = `/${entity}/finances/expense`;
	await page.goto(list);
	for (const payee of payees) await expect(row(page, payee)).toBeVisible();
	return { person, api, entity, list, ids };
}

const row = (page: Page, payee: string) => page.getByRole('row', { name: new RegExp(payee) });
const waiting = (page: Page, count: number) =>
	page.getByRole('link', { name: count === 1 ? 'Offline, 1 change waiting' : `Offline, ${count} changes waiting` });

async function cutOff(front: Front, context: BrowserContext): Promise<void> {
	await front.stop();
	await context.setOffline(true);
}

async function changePayee(page: Page, from: string, to: string): Promise<void> {
	await row(page, from).getByRole('link').click();
	await page.getByLabel('Payee').fill(to);
	await page.getByRole('button', { name: 'Save' }).click();
	await page.waitForURL(/\/expense$/);
}

test.describe('installed', () => {
	test.use({ serviceWorkers: 'allow' });

	test('without a network an edit, an addition and a deletion outlive a reload of a deep page, and all reach the server', async ({
		page,
		context,
		front
	}) => {
		const { api, entity, list, ids } = await atExpenses(page, ['Kiosk', 'Bakery']);
		await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
		const other = await context.newPage();
		await other.goto(list);
		await expect(row(other, 'Kiosk')).toBeVisible();
		await cutOff(front, context);

		await changePayee(page, 'Kiosk', 'Kiosk Sol');
		await expect(row(other, 'Kiosk Sol')).toBeVisible();
		await row(page, 'Bakery').getByRole('link').click();
		await page.getByRole('button', { name: 'Delete' }).click();
		await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
		await page.waitForURL(/\/expense$/);
		await page.goto(`/${entity}/finances/account/new`);
		await page.getByLabel('Name', { exact: true }).fill('Wallet');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.waitForURL(/\/account$/);

		await page.goto(`${list}/${ids[0]}`);
		await expect(page.getByLabel('Payee')).toHaveValue('Kiosk Sol');
		await expect(waiting(page, 3)).toBeVisible();
		await page.goto(list);
		await expect(row(page, 'Kiosk Sol')).toBeVisible();
		await expect(row(page, 'Bakery')).toHaveCount(0);

		await front.resume();
		await context.setOffline(false);
		await expect(page.getByText(/Offline|waiting/)).toHaveCount(0);
		await expect.poll(() => api.names(entity)).toEqual(expect.arrayContaining(['Kiosk Sol', 'Wallet']));
	});
});

test('two devices that change the same field keep both values on the screen until one is picked', async ({
	page,
	context,
	browser,
	front
}) => {
	const { person, api, entity, list, ids } = await atExpenses(page, ['Kiosk']);
	const there = await browser.newContext({ baseURL: front.url, locale: 'en-GB', serviceWorkers: 'block' });
	const other = await there.newPage();
	await signIn(other, person);
	await other.waitForURL(/\/[0-9a-f-]{36}$|\/entities/);
	await other.goto(list);
	await expect(row(other, 'Kiosk')).toBeVisible();
	await context.route('**/api/**', (route) => route.abort());
	await changePayee(page, 'Kiosk', 'Mine');
	await expect(waiting(page, 1)).toBeVisible();
	await changePayee(other, 'Kiosk', 'Theirs');
	await expect.poll(() => api.names(entity)).toContain('Theirs');
	await context.unroute('**/api/**');
	await page.evaluate(() => window.dispatchEvent(new Event('focus')));

	await expect(row(page, 'Theirs').getByText('Two values to choose from')).toBeAttached();
	await row(page, 'Theirs').getByRole('link').click();
	await expect(page).toHaveURL(`${list}/${ids[0]}`);
	const choice = page.getByRole('group', { name: 'Two values: Payee' });
	await expect(choice.getByRole('radio')).toHaveCount(2);
	await choice.getByRole('radio', { name: /^Theirs/ }).focus();
	await page.keyboard.press('ArrowDown');
	await expect(choice.getByRole('radio', { name: /^Mine.*Written by you/s })).toBeChecked();
	await expect(page.getByRole('combobox', { name: /^Payee/ })).toHaveValue('Mine');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(row(page, 'Mine')).toBeVisible();
	await expect(page.getByText('Two values to choose from')).toHaveCount(0);
	await expect.poll(() => api.names(entity)).toContain('Mine');
	await other.evaluate(() => window.dispatchEvent(new Event('focus')));
	await expect(row(other, 'Mine')).toBeVisible();
	await there.close();
});

test(
	'signing out asks where something waits, and then leaves nothing on the device',
	{ tag: '@long' },
	async ({ page, context }) => {
		await atExpenses(page, ['Kiosk']);
		await context.route('**/api/**', (route) => route.abort());
		await changePayee(page, 'Kiosk', 'Mine');
		await page.getByRole('link', { name: 'Settings' }).first().click();
		await page.getByRole('button', { name: 'Sign out' }).click();
		const question = page.getByRole('alertdialog');
		await expect(question).toContainText('One change has not reached the server yet');
		await question.getByRole('button', { name: 'Cancel' }).click();
		await expect(page.getByText(/1 change waiting/)).toBeVisible();
		await page.getByRole('button', { name: 'Sign out' }).click();
		await question.getByRole('button', { name: 'Sign out' }).click();
		await page.waitForURL(/\/sign-in/);
		const databases = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
		expect(databases.filter((name) => name?.startsWith('arca-'))).toEqual([]);
	}
);
