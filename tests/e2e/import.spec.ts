import { expect, test } from '../stage/browser-test.ts';
import { beginImport, choose, press, undo } from './importer.ts';
import { bodyOf } from './person-api.ts';

test('a second import of a file finds everything, twins included, and undoing the first lets it in again', async ({
	page
}) => {
	await beginImport(page);
	await choose(page, 'german-giro.csv');
	await press(page, 'Continue');
	await press(page, 'Import');
	await expect(page.getByText('5 movements imported')).toBeVisible();

	await press(page, 'Import another file');
	await choose(page, 'german-giro.csv');
	await expect(page.getByText('Read as last time.')).toBeVisible();
	await press(page, 'Continue');
	await expect(page.getByText('0 new movements to import')).toBeVisible();
	await expect(page.getByText('5 are here already')).toBeVisible();

	await press(page, 'Back');
	await press(page, 'Another file');
	await undo(page);
	await expect(page.getByText('The import is undone.')).toBeVisible();
	await choose(page, 'german-giro.csv');
	await press(page, 'Continue');
	await expect(page.getByText('5 new movements to import')).toBeVisible();
});

test('a record typed by hand is offered as the same, and imported only where the person says so', async ({ page }) => {
	const { api, entity, account } = await beginImport(page);
	const amount = { minor: 777, currency: 'EUR' };
	await api.write(entity, [bodyOf('expense', { date: '2024-01-31', amount, payee: 'Lunch', account })]);
	await page.reload();
	await choose(page, 'january.csv', 'Date,Payee,Amount\n2024-01-31,CAFE SOL,-7.77\n2024-01-31,Bus,-1.50\n');
	await press(page, 'Continue');
	await expect(page.getByText('1 new movement to import')).toBeVisible();
	await expect(page.getByText('You have: Lunch')).toBeVisible();
	await page.getByRole('checkbox', { name: 'Import this one too' }).check();
	await expect(page.getByText('2 new movements to import')).toBeVisible();
	await press(page, 'Import');
	await expect(page.getByText('2 movements imported')).toBeVisible();
});

test('what comes from another device while one looks at the review is told as here already', async ({ page }) => {
	const { api, entity, account } = await beginImport(page);
	await choose(page, 'january.csv', 'Date,Payee,Amount\n2024-01-31,Bus,-1.50\n2024-01-31,CAFE SOL,-7.77\n');
	await press(page, 'Continue');
	await expect(page.getByText('2 new movements to import')).toBeVisible();
	const amount = { minor: 777, currency: 'EUR' };
	await api.write(entity, [bodyOf('expense', { date: '2024-01-31', amount, payee: 'Lunch', account })]);
	await page.evaluate(() => window.dispatchEvent(new Event('focus')));
	await expect(page.getByText('1 new movement to import')).toBeVisible();
	await expect(page.getByText('You have: Lunch')).toBeVisible();
});

test('undoing an import keeps what was edited since, and says so', async ({ page }) => {
	await beginImport(page);
	await choose(page, 'german-giro.csv');
	await press(page, 'Continue');
	await press(page, 'Import');
	await page.getByRole('link', { name: 'See expenses' }).click();
	await page.getByRole('link', { name: /Jürgen Weiß/ }).click();
	await page.getByRole('combobox', { name: /^Payee/ }).fill('Landlord');
	await press(page, 'Save');
	await page.getByRole('link', { name: 'Import' }).first().click();
	await page.getByRole('button', { name: /^Undo this import/ }).click();
	await expect(page.getByText('4 records are deleted. 1 that was edited since is kept.')).toBeVisible();
	await page.getByRole('alertdialog').getByRole('button', { name: 'Undo this import' }).click();
	await expect(page.getByText('The import is undone. 1 that was edited since is kept.')).toBeVisible();
	await page.getByRole('link', { name: 'Finances' }).click();
	await page.getByRole('link', { name: 'Expenses' }).first().click();
	await expect(page.getByRole('link', { name: 'Landlord' })).toBeVisible();
	await expect(page.getByText('Bäckerei Groß')).toHaveCount(0);
});

test('what a file leaves open is asked before anything is imported, and not asked again', async ({ page }) => {
	await beginImport(page);
	const text = (day: string) => `Date,Shop,Amount\n0${day}/04/2024,A,5.00\n`;
	await choose(page, 'march.csv', text('3'));
	await expect(page.getByRole('button', { name: 'Continue' })).toHaveAttribute('aria-disabled', 'true');
	await press(page, '4 March 2024');
	await press(page, 'Money out');
	await press(page, 'Continue');
	await press(page, 'Import');
	await expect(page.getByText('1 movement imported')).toBeVisible();

	await press(page, 'Import another file');
	await choose(page, 'april.csv', text('5'));
	await expect(page.getByText('4 May 2024')).toBeVisible();
	await expect(page.getByText('-€5.00')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Continue' })).not.toHaveAttribute('aria-disabled', 'true');
});

test('a file that is no statement is refused by name, and the next one can be chosen', async ({ page }) => {
	await beginImport(page);
	const input = page.locator('input[type=file]');
	await input.setInputFiles({ name: 'book.csv', mimeType: 'text/csv', buffer: Buffer.from('PK\u0003\u0004 workbook') });
	await expect(page.getByText('This is a spreadsheet workbook.')).toBeVisible();
	await choose(page, 'plain-minimal.csv');
});
