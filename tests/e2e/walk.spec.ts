import { createAccount, newcomer, signIn } from '../stage/newcomer.ts';
import { expect, test as base } from '../stage/browser-test.ts';
import { startServer } from '../stage/server.ts';

/** On PGlite, as `npm start` runs it; the server that specs share is on PostgreSQL. */
const test = base.extend({
	baseURL: async ({}, use) => {
		const server = await startServer();
		await use(server.url);
		await server.stop();
	}
});

const statement = 'tests/fixtures/bank/spanish-current.csv';

test('a new person takes in a bank statement, finds a movement, corrects it, and finds it again after signing out', async ({
	page
}) => {
	const ana = newcomer();
	await createAccount(page, ana);

	await page.getByLabel('Name', { exact: true }).fill('Ana');
	await page.getByRole('button', { name: 'Create', exact: true }).click();
	await page.waitForURL(/\/[0-9a-f-]{36}$/);

	await page.getByRole('link', { name: /Add the account/ }).click();
	await page.getByLabel('Name', { exact: true }).fill('Cuenta nómina');
	await page.getByLabel('Currency', { exact: true }).selectOption('EUR');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByRole('heading', { name: 'Accounts' })).toBeVisible();

	await page.getByRole('link', { name: 'Import' }).first().click();
	await page.locator('input[type=file]').setInputFiles(statement);
	await page.getByLabel('Account', { exact: true }).selectOption({ label: 'Cuenta nómina' });
	await expect(page.getByRole('listitem').filter({ hasText: 'NÓMINA FEBRERO' })).toBeVisible();
	await expect(page.getByText('Line 11: more columns than the table has')).toBeVisible();
	await page.getByRole('button', { name: 'Continue' }).click();
	await expect(page.getByText('4 new movements to import')).toBeVisible();
	await page.getByRole('button', { name: 'Import', exact: true }).click();
	await expect(page.getByText('4 movements imported')).toBeVisible();

	await page.getByRole('link', { name: 'Finances' }).click();
	await page.getByRole('link', { name: 'Expenses' }).first().click();
	await page.getByRole('searchbox').fill('mercadona');
	await page.getByRole('link', { name: /MERCADONA/ }).click();
	await page.getByRole('combobox', { name: /^Payee/ }).fill('Mercadona Colón');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.getByRole('heading', { name: 'Expenses' })).toBeVisible();
	await page.reload();
	await expect(page.getByText('Mercadona Colón')).toBeVisible();

	await page.getByRole('link', { name: 'Settings' }).click();
	await page.getByRole('button', { name: 'Sign out' }).click();
	await page.waitForURL(/sign-in/);
	await signIn(page, ana);
	await page.getByRole('link', { name: 'Ana Person' }).click();
	await expect(page.getByText('Cuenta nómina')).toBeVisible();
	await page.getByRole('link', { name: 'Finances' }).click();
	await page.getByRole('link', { name: 'Expenses' }).first().click();
	await page.getByRole('searchbox').fill('colon');
	await expect(page.getByText('Mercadona Colón')).toBeVisible();
});
