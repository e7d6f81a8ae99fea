import type { Page } from '@playwright/test';
import type { RecordBody } from '../../src/lib/kinds/record-body.ts';
import { expect, test } from '../stage/browser-test.ts';
import { expectNoFindings } from '../stage/looks.ts';
import { atHome } from './at-home.ts';
import { bodyOf } from './person-api.ts';
import type { PersonApi } from './person-api.ts';

const month = new Date().toISOString().slice(0, 7);
const money = (minor: number, currency = 'EUR') => ({ minor, currency });
const account = (name: string, minor: number, currency = 'EUR') =>
	bodyOf('account', { name, type: 'current', currency, opening: money(minor, currency), openingOn: '2020-01-01' });
const expense = (payee: string, minor: number, more: Record<string, unknown> = {}) =>
	bodyOf('expense', { date: `${month}-01`, amount: money(minor), payee, ...more });

async function lay(page: Page, api: PersonApi, entity: string, bodies: readonly RecordBody[]): Promise<string[]> {
	const ids = await api.write(entity, bodies);
	await page.reload();
	return ids;
}

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

test('an empty Home says what to do first, on a phone and on a laptop', async ({ page, baseURL }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await atHome(page, baseURL);
	await expect(page.getByRole('heading', { level: 1, name: 'Casa Ribera' })).toBeVisible();
	await expect(page.getByRole('link', { name: /Add the account you use most/ })).toBeVisible();
	await expect(page.getByRole('link', { name: /Import a statement/ })).toBeVisible();
	await expectNoFindings(page);
	await page.setViewportSize({ width: 1280, height: 900 });
	await expect(page.getByRole('navigation').getByRole('link', { name: 'Settings' })).toBeVisible();
	await expectNoFindings(page);
});

test('going back to Home finds the place where it was left', async ({ page, baseURL }) => {
	const { api, entity } = await atHome(page, baseURL);
	await page.setViewportSize({ width: 390, height: 500 });
	await lay(
		page,
		api,
		entity,
		Array.from({ length: 12 }, (_, number) => account(`Account ${number}`, 1_000))
	);
	const link = card(page, 'Accounts').getByRole('link', { name: /Account 11/ });
	await link.scrollIntoViewIfNeeded();
	const place = await page.evaluate(() => scrollY);
	expect(place).toBeGreaterThan(100);
	await link.click();
	await expect(page.getByRole('heading', { level: 1, name: 'Account 11' })).toBeVisible();
	await page.goBack();
	await expect(link).toBeVisible();
	expect(await page.evaluate(() => scrollY)).toBe(place);
});

test('with a single account Home shows its balance and that nothing was spent', async ({ page, baseURL }) => {
	const { api, entity } = await atHome(page, baseURL);
	await lay(page, api, entity, [account('Current', 123_456)]);
	await expect(card(page, 'Accounts').getByRole('link', { name: /Current/ })).toContainText('€1,234.56');
	await expect(card(page, 'Spending')).toContainText('Nothing spent');
	await expect(card(page, 'To review')).toHaveCount(0);
});

test('three currencies stand side by side and are never added up', async ({ page, baseURL }) => {
	const { api, entity } = await atHome(page, baseURL);
	const [eur, usd, jpy] = await api.write(entity, [
		account('Euros', 100_000),
		account('Dollars', 5_000, 'USD'),
		account('Yen', 7_000, 'JPY')
	]);
	await lay(page, api, entity, [
		expense('Market', 2_550, { category: 'groceries', account: eur }),
		expense('Diner', 1_000, { category: 'eating-out', account: usd, amount: money(1_000, 'USD') }),
		expense('Ramen', 900, { category: 'eating-out', account: jpy, amount: money(900, 'JPY') })
	]);
	const accounts = card(page, 'Accounts');
	for (const amount of ['€974.50', 'US$40.00', 'JP¥6,100'])
		await expect(accounts.getByText(amount).first()).toBeVisible();
	const spending = card(page, 'Spending');
	await expect(spending).toContainText('€25.50 spent');
	await spending.getByLabel('Currency').selectOption('JPY');
	await expect(spending).toContainText('JP¥900 spent');
	await spending.getByRole('button', { name: 'Show as table' }).click();
	await expect(spending.getByRole('row', { name: /Eating out/ })).toContainText('JP¥900');
	await expectNoFindings(page);
});

test('an entry without a category gets one here, and a rule gives it to the others alike', async ({
	page,
	baseURL
}) => {
	const { api, entity } = await atHome(page, baseURL);
	await lay(page, api, entity, [
		expense('Bakery Sol', 300),
		expense('BAKERY SOL 2', 400),
		expense('Cinema', 900),
		expense('Bakery Sol', 500, { category: 'gifts' })
	]);
	const review = card(page, 'To review');
	await expect(review).toContainText('3 without a category');
	await expect(card(page, 'Spending')).toContainText('€21.00 spent');
	await review.getByLabel('Category of Bakery Sol', { exact: true }).selectOption('groceries');
	await review.getByLabel(/Always/).check();
	await expectNoFindings(page);
	await review.getByRole('button', { name: 'Save' }).click();
	await expect(review).toContainText('1 without a category');
	await expect(page.getByText('Groceries given to 2 entries')).toBeVisible();
	await expect(review.getByLabel('Category of Cinema')).toBeFocused();
	await page.reload();
	await expect(review).toContainText('1 without a category');
	await card(page, 'Spending').getByRole('button', { name: 'Show as table' }).click();
	await expect(card(page, 'Spending').getByRole('row', { name: /Groceries/ })).toContainText('€7.00');
	await page.goto(`/${entity}/finances`);
	await expect(page.getByRole('main').getByRole('link', { name: /Category rules/ })).toContainText('1');
});

test('ten thousand records are added up to the cent', { tag: '@long' }, async ({ page, baseURL }) => {
	const { api, entity } = await atHome(page, baseURL);
	const [id] = await api.write(entity, [account('Current', 0)]);
	const bodies = Array.from({ length: 10_000 }, (_, place) =>
		expense(
			`Shop ${place}`,
			100 + (place % 7),
			place % 4 === 0 ? { account: id } : { account: id, category: 'groceries' }
		)
	);
	const spent = bodies.reduce((sum, { values }) => sum + (values.amount as { minor: number }).minor, 0);
	await lay(page, api, entity, bodies);
	const whole = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' }).format(spent / 100);
	await expect(card(page, 'Spending')).toContainText(`${whole} spent`);
	await expect(card(page, 'Accounts').getByRole('link', { name: /Current/ })).toContainText(`-${whole}`);
	await expect(card(page, 'To review')).toContainText('2500 without a category');
	await expect(card(page, 'To review').getByRole('combobox')).toHaveCount(5);
	await page.goto(`/${entity}/finances`);
	await expect(page.getByRole('main').getByRole('link', { name: /Expenses/ })).toContainText('10,000');
});

test('two tabs agree: what one saves the other shows', async ({ page, context, baseURL }) => {
	const { api, entity } = await atHome(page, baseURL);
	await lay(page, api, entity, [expense('Kiosk', 250)]);
	const other = await context.newPage();
	await other.goto(`/${entity}`);
	await expect(card(other, 'To review')).toContainText('1 without a category');
	await card(page, 'To review').getByLabel('Category of Kiosk').selectOption('leisure');
	await card(page, 'To review').getByRole('button', { name: 'Save' }).click();
	await other.bringToFront();
	await expect(card(other, 'To review')).toContainText('Everything has a category');
});

test('an entity is renamed, and deleted only by whoever types its name', async ({ page, baseURL }) => {
	const { entity } = await atHome(page, baseURL);
	await page.goto(`/entities/${entity}`);
	await page.getByLabel('Name', { exact: true }).fill('Casa Nueva');
	await page.getByLabel('Pet').check();
	await page.getByLabel(/Chip number/).fill('985-112');
	await expectNoFindings(page);
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByRole('link', { name: /Casa Nueva/ }).first()).toContainText('Pet');
	await page.goto(`/entities/${entity}`);
	await expect(page.getByLabel(/Chip number/)).toHaveValue('985-112');
	await page.getByRole('button', { name: 'Delete Casa Nueva' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByRole('button', { name: 'Delete' }).click();
	await expect(dialog).toContainText('This is not the name');
	await expectNoFindings(page);
	await dialog.getByLabel(/Type Casa Nueva/).fill('Casa Nueva');
	await dialog.getByRole('button', { name: 'Delete' }).click();
	await expect(page.getByRole('heading', { name: 'Who or what is this vault about?' })).toBeVisible();
});
