import type { APIRequestContext, Page, Route } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { createAccount, newcomer, signIn } from '../stage/newcomer.ts';
import type { Newcomer } from '../stage/newcomer.ts';
import { bodyOf, personApi } from './person-api.ts';
import type { PersonApi } from './person-api.ts';

const money = { minor: 300, currency: 'EUR' };
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

/** A new person with an entity, on its Home; and the interface to fill it by. */
async function atHome(
	page: Page,
	baseURL: string | undefined
): Promise<{ person: Newcomer; api: PersonApi; entity: string }> {
	const person = newcomer();
	await createAccount(page, person);
	await page.getByLabel('Name', { exact: true }).fill('Casa');
	await page.getByRole('button', { name: 'Create' }).click();
	await page.waitForURL(/\/[0-9a-f-]{36}$/);
	return { person, api: await personApi(baseURL ?? '', person), entity: page.url().slice(-36) };
}

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

test('a new page is announced by its own title', async ({ page, baseURL }) => {
	await atHome(page, baseURL);
	await expect(page.locator('#svelte-announcer')).toHaveText('Casa · Arca');
});

test('a change refused when it is sent again is told of, and goes through when it is tried once more', async ({
	page,
	baseURL
}) => {
	const { api, entity } = await atHome(page, baseURL);
	await api.write(entity, [bodyOf('expense', { date: day(0), amount: money, payee: 'Kiosk' })]);
	await page.reload();
	const review = page.getByRole('region', { name: 'To review' });
	await page.route(isPush, (route) => route.abort());
	await review.getByLabel('Category of Kiosk').selectOption('groceries');
	await review.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText(/One change is not on the server yet/)).toBeVisible();
	await page.unroute(isPush);
	await page.route(isPush, refuse);
	await page.getByRole('button', { name: 'Try again' }).click();
	const turned = page.getByRole('region', { name: 'Expense: Kiosk' });
	await expect(turned).toContainText('The space of this entity is full');
	await page.unroute(isPush);
	await turned.getByRole('button', { name: 'Try again' }).click();
	await expect(turned).toHaveCount(0);
	await expect(review).toContainText('Everything has a category');
});

test('a deletion that was not sent and is cancelled does not happen later', async ({ page, baseURL }) => {
	const { api, entity } = await atHome(page, baseURL);
	const [id] = await api.write(entity, [bodyOf('expense', { date: day(0), amount: money, payee: 'Kiosk' })]);
	await page.goto(`/${entity}/finances/expense/${id}`);
	await page.getByRole('button', { name: 'Delete' }).click();
	await page.route(isPush, (route) => route.abort());
	const question = page.getByRole('alertdialog');
	await question.getByRole('button', { name: 'Delete' }).click();
	await expect(page.getByText(/Not deleted yet/)).toBeVisible();
	await page.unroute(isPush);
	await question.getByRole('button', { name: 'Cancel' }).click();
	await expect(page.getByText(/not on the server yet/)).toHaveCount(0);
	await page.goto(`/${entity}`);
	await expect(page.getByRole('region', { name: 'To review' })).toContainText('Kiosk');
});

test('a session that ends by itself leaves typed work on the screen until the person has signed in again', async ({
	page,
	context,
	request,
	baseURL
}) => {
	const { person, entity } = await atHome(page, baseURL);
	await page.goto(`/${entity}/finances/category-rule/new`);
	await page.getByLabel(/When payee/).fill('kiosk');
	await endSessions(request, person);
	await expect(async () => {
		await page.evaluate(() => window.dispatchEvent(new Event('focus')));
		await expect(page.getByText('Your session has ended')).toBeVisible({ timeout: 1000 });
	}).toPass();
	await expect(page.getByLabel(/When payee/)).toHaveValue('kiosk');
	const opened = context.waitForEvent('page');
	await page.getByRole('button', { name: 'Sign in in another tab' }).click();
	const other = await opened;
	await signIn(other, person);
	await other.waitForURL(/\/entities/);
	await expect(page.getByText('Your session has ended')).toHaveCount(0);
	await page.getByLabel('Category').fill('Leisure');
	await page.keyboard.press('Tab');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByRole('row', { name: /kiosk/ })).toBeVisible();
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
	const due = page.getByRole('region', { name: 'Payments due' });
	await expect(due).toContainText('3 payments overdue since');
	await expect(due.getByRole('link', { name: /Insurance/ })).toBeVisible();
	await due.getByRole('button', { name: /Paid: Rent/ }).click();
	await expect(due).toContainText('2 payments overdue since');
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
