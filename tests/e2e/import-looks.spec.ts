import { expect, test } from '../stage/browser-test.ts';
import { beginImport, choose, look, press } from './importer.ts';

test('axe finds nothing on any step of an import, and all of it fits', async ({ page }) => {
	await beginImport(page);
	await expect(page.getByText('Choose a file')).toBeVisible();
	await look(page);
	await choose(page, 'broken-rows.csv');
	await page.getByText('Columns and formats').click();
	await look(page);
	await press(page, 'Continue');
	await look(page);
	await press(page, 'Import');
	await expect(page.getByText('4 movements imported')).toBeVisible();
	await look(page);
});

test('axe finds nothing on an import of several accounts, and all of it fits', async ({ page }) => {
	await beginImport(page);
	await choose(page, 'several-accounts.qfx');
	const account = page.getByRole('region', { name: 'Prairie CU •••• 1111' }).getByLabel('Account for');
	await account.selectOption({ label: 'Add a new account' });
	await page.getByText('How it is written').click();
	await look(page);
	await account.selectOption({ label: 'Giro' });
	await expect(page.getByText('The file is in CAD, this account in EUR.')).toBeVisible();
	await page
		.getByRole('region', { name: 'Prairie CU •••• 1234' })
		.getByLabel('Account for')
		.selectOption({ label: 'Giro' });
	await press(page, 'Continue');
	await look(page);
	await press(page, 'Import');
	await expect(page.getByText('6 movements imported')).toBeVisible();
	await press(page, 'Import another file');
	await look(page);
});
