import type { Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { expectNoFindings } from '../stage/looks.ts';
import { atHome } from './at-home.ts';
import { bodyOf } from './person-api.ts';

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const money = (minor: number, currency = 'EUR') => ({ minor, currency });
/** The day so many days ago, where the browsers of these tests are. */
const day = (ago: number) =>
	new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Madrid' }).format(new Date(Date.now() - ago * 86_400_000));

test('net worth is a line over time, one figure where rates are known, and a table to read', async ({
	page,
	baseURL
}) => {
	const { api, entity } = await atHome(page, baseURL);
	const [bank = ''] = await api.write(entity, [
		bodyOf('account', { name: 'Bank', type: 'current', currency: 'EUR', opening: money(100_000), openingOn: day(800) })
	]);
	await api.write(entity, [
		bodyOf('asset', {
			name: 'Flat',
			type: 'property',
			value: money(20_000_000),
			valuedOn: day(10),
			earlier: [{ on: day(200), value: money(18_000_000) }]
		}),
		bodyOf('obligation', { name: 'Loan', type: 'loan', outstanding: money(5_000_000), outstandingOn: day(250) }),
		bodyOf('savings-goal', { name: 'Trip', target: money(90_000), saved: money(40_000), account: bank }),
		bodyOf('investment', {
			instrument: 'Fund',
			quantity: { value: 10, unit: '' },
			unitPrice: money(20_000, 'USD'),
			pricedOn: day(300)
		}),
		bodyOf('exchange-rate', { from: 'USD', to: 'EUR', rate: { value: 0.9, unit: '' }, on: day(350) })
	]);
	await page.reload();
	const worth = card(page, 'Net worth');
	await expect(worth.getByRole('listitem')).toHaveText(['€151,000.00', 'US$2,000.00']);
	await expect(worth).toContainText(/the worth of Flat and Loan is not known/);
	await worth.getByLabel('Which currency').selectOption({ label: 'Everything in EUR' });
	await expect(worth.getByRole('listitem')).toHaveText(['€152,800.00']);
	await expect(worth.locator('svg circle')).toHaveCount(1);
	await worth.getByRole('button', { name: '90 days' }).click();
	await expect(worth).not.toContainText('is not known');
	await expectNoFindings(page);
	await worth.getByRole('button', { name: 'Show as table' }).press('Enter');
	await expect(worth.getByRole('row').nth(1)).toContainText('€152,800.00');
	await worth.getByRole('button', { name: 'Show more' }).click();
	await expect(worth.getByRole('row')).toHaveCount(47);
	await expectNoFindings(page);
});

test('a value that is replaced stays as an earlier one, and a budget says what is left of it', async ({
	page,
	baseURL
}) => {
	const { api, entity } = await atHome(page, baseURL);
	const spent = (category: string, minor: number) =>
		bodyOf('expense', { date: day(0), amount: money(minor), payee: 'Shop', category });
	const [flat = ''] = await api.write(entity, [
		bodyOf('asset', { name: 'Flat', type: 'property', value: money(18_000_000), valuedOn: day(100) }),
		bodyOf('budget', { category: 'groceries', amount: money(20_000), period: 'every-month' }),
		bodyOf('budget', { category: 'pets', amount: money(1_000), period: 'every-month' }),
		spent('groceries', 5_050),
		spent('pets', 1_500)
	]);
	await page.goto(`/${entity}/finances/asset/${flat}`);
	await page.getByRole('textbox', { name: 'Value', exact: true }).fill('190000');
	await page.getByRole('main').getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page).toHaveURL(/asset$/);
	await page.goto(`/${entity}/finances/asset/${flat}`);
	await expect(page.getByRole('group', { name: /Earlier values/ }).getByRole('textbox')).toHaveValue('180000.00');
	await page.goto(`/${entity}`);
	const budgets = card(page, 'Spending').getByRole('link', { name: /spent/ });
	await expect(budgets).toHaveText([/Pets.*€5\.00 over.*€15\.00 of €10\.00 spent/s, /Groceries.*€149\.50 left/s]);
	await expect(budgets.first().getByText('€5.00 over')).toHaveCSS('color', 'rgb(125, 82, 0)');
	await expectNoFindings(page);
});
