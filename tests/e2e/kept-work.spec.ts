import type { APIRequestContext, Page, Route } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { createAccount, newcomer } from '../stage/newcomer.ts';
import type { Newcomer } from '../stage/newcomer.ts';
import { atHome } from './at-home.ts';
import { bodyOf, personApi } from './person-api.ts';

const money = { minor: 300, currency: 'EUR' };
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

/** Signs the person out everywhere, as from another device. */
async function endSessions(request: APIRequestContext, { email, password }: Newcomer): Promise<void> {
	const { publishableKey: apikey } = (await (await request.get('/api/config')).json()) as { publishableKey: string };
	const signedIn = await request.post('/supabase/auth/v1/token?grant_type=password', {
		headers: { apikey },
		data: { email, password }
	});
	const { access_token } = (await signedIn.json()) as { access_token: string };
	const headers = { apikey, authorization: `Bearer ${access_token}` };
	expect((await request.post('/supabase/auth/v1/logout?scope=global', { headers })).ok()).toBe(true);
}

const isPush = '**/api/records/push';
const refuse = async (route: Route): Promise<void> => {
	const { changes } = route.request().postDataJSON() as { changes: { id: string }[] };
	const problem = { type: '/problems/records/over-quota', title: 'Full', status: 403 };
	await route.fulfill({ json: { results: changes.map(({ id }) => ({ id, status: 'over-quota', problem })) } });
};

/** All that the page's databases hold, as text: sealed bytes show as numbers. */
function onDisk(page: Page): Promise<string> {
	return page.evaluate(async () => {
		const found: string[] = [];
		for (const { name } of await indexedDB.databases()) {
			const open = indexedDB.open(name ?? '');
			await new Promise((resolve) => (open.onsuccess = resolve));
			for (const table of open.result.objectStoreNames) {
				const all = open.result.transaction(table).objectStore(table).getAll();
				await new Promise((resolve) => (all.onsuccess = resolve));
				for (const row of all.result as object[])
					found.push(
						JSON.stringify(row),
						...Object.values(row).map((value) => new TextDecoder().decode(bytesOf(value)))
					);
			}
			open.result.close();
		}
		return found.join('\n');

		function bytesOf(value: unknown): Uint8Array<ArrayBuffer> {
			return value instanceof Uint8Array ? new Uint8Array(value) : new Uint8Array();
		}
	});
}

test('a new page is announced by its own title', async ({ page, baseURL }) => {
	await atHome(page, baseURL);
	await expect(page.locator('#svelte-announcer')).toHaveText('Casa Ribera · Arca');
});

test('a change that the server does not take is told of in words, and goes through when it is tried again', async ({
	page,
	baseURL
}) => {
	const { api, entity } = await atHome(page, baseURL);
	await api.write(entity, [bodyOf('expense', { date: day(0), amount: money, payee: 'Kiosk' })]);
	await page.reload();
	const review = page.getByRole('region', { name: 'To review' });
	await page.route(isPush, refuse);
	await review.getByLabel('Category of Kiosk').selectOption('groceries');
	await review.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('One change was not taken by the server')).toBeVisible();
	await expect(page.getByText('The space of this entity is full')).toBeVisible();
	await page.unroute(isPush);
	await page.getByRole('button', { name: 'Try again: Expense: Kiosk' }).click();
	await expect(page.getByText('One change was not taken by the server')).toHaveCount(0);
	await expect(review).toContainText('Everything has a category');
});

test('a change that is given up shows again what the server has', async ({ page, baseURL }) => {
	const { api, entity } = await atHome(page, baseURL);
	const [id] = await api.write(entity, [bodyOf('expense', { date: day(0), amount: money, payee: 'Kiosk' })]);
	await page.goto(`/${entity}/finances/expense/${id}`);
	await page.route(isPush, refuse);
	await page.getByRole('button', { name: 'Delete' }).click();
	await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
	await page.waitForURL(/\/expense$/);
	await page.goto(`/${entity}`);
	await page.getByRole('button', { name: 'Discard: Deletion of Expense: Kiosk' }).click();
	await expect(page.getByRole('region', { name: 'To review' })).toContainText('Kiosk');
});

test('what was typed is kept sealed on the device over a reload, with its time, until it is saved or discarded', async ({
	page,
	baseURL
}) => {
	const { entity } = await atHome(page, baseURL);
	await page.goto(`/${entity}/finances/category-rule/new`);
	await page.getByLabel(/When payee/).fill('kiosk');
	await page.reload();
	await expect(page.getByText(/^Draft from \d/)).toBeVisible();
	await expect(page.getByLabel(/When payee/)).toHaveValue('kiosk');
	expect(await onDisk(page)).not.toContain('kiosk');
	await page.getByRole('button', { name: 'Discard the draft' }).click();
	await expect(page.getByLabel(/When payee/)).toHaveValue('');
	await page.reload();
	await expect(page.getByLabel(/When payee/)).toHaveValue('');
	await expect(page.getByText(/^Draft from/)).toHaveCount(0);
});

test('a session that the server ends leads to sign-in, and what was typed or waits is there afterwards', async ({
	page,
	request,
	baseURL
}) => {
	const { person, entity } = await atHome(page, baseURL);
	await page.route(isPush, (route) => route.abort());
	await page.goto(`/${entity}/finances/account/new`);
	await page.getByLabel('Name', { exact: true }).fill('Wallet');
	await page.getByRole('button', { name: 'Save' }).click();
	await page.waitForURL(/\/account$/);
	await page.goto(`/${entity}/finances/category-rule/new`);
	await page.getByLabel(/When payee/).fill('kiosk');
	await endSessions(request, person);
	await expect(async () => {
		await page.evaluate(() => window.dispatchEvent(new Event('focus')));
		await expect(page).toHaveURL(/\/sign-in\?.*ended=1/, { timeout: 1000 });
	}).toPass();
	await expect(page.getByText(/Changes that were not sent yet are kept, sealed, on this device/)).toBeVisible();
	await page.unroute(isPush);
	await page.getByLabel('Email').fill(person.email);
	await page.getByLabel('Password', { exact: true }).fill(person.password);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByLabel(/When payee/)).toHaveValue('kiosk');
	await expect(page.getByText(/change waiting/)).toHaveCount(0);
	await expect.poll(async () => (await personApi(baseURL ?? '', person)).names(entity)).toContain('Wallet');
});

test('what was paid moves on to its next date, and no long unpaid payment hides the others', async ({
	page,
	baseURL
}) => {
	const { api, entity } = await atHome(page, baseURL);
	const payment = (name: string, next: string, schedule: string) =>
		bodyOf('recurring-payment', { name, amount: money, schedule, next });
	await api.write(entity, [payment('Rent', day(-21), 'FREQ=WEEKLY'), payment('Insurance', day(3), 'FREQ=YEARLY')]);
	await page.reload();
	const due = page.getByRole('region', { name: 'Due and expiring' });
	await expect(due).toContainText('Overdue 3 times, since');
	await expect(due.getByRole('link', { name: /Insurance/ })).toBeVisible();
	await due.getByRole('button', { name: /Paid: Rent/ }).click();
	await expect(due).toContainText('Overdue 2 times, since');
	await due.getByRole('button', { name: /Paid: Insurance/ }).click();
	await expect(due.getByRole('link', { name: /Insurance/ })).toHaveCount(0);
});

test.describe('in Spanish', () => {
	test.use({ locale: 'es' });

	test('an empty date says so in Spanish, and a first account starts with the currency of the zone', async ({
		page
	}) => {
		await createAccount(page, newcomer());
		await page.getByLabel('Nombre', { exact: true }).fill('Casa');
		await page.getByRole('button', { name: 'Crear' }).click();
		await page.waitForURL(/\/[0-9a-f-]{36}$/);
		await page.goto(`${page.url()}/finances/account/new`);
		await expect(page.getByLabel('Moneda', { exact: true })).toHaveValue('EUR');
		const day = page.getByRole('spinbutton').first();
		await expect(day).toHaveAttribute('aria-valuetext', 'vacío');
		await day.focus();
		await page.keyboard.type('05');
		await expect(page.getByRole('spinbutton').first()).toHaveAttribute('aria-valuetext', '5');
	});
});
