import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { createAccount, newcomer } from '../stage/newcomer.ts';
import { bodyOf, personApi } from './person-api.ts';
import type { PersonApi } from './person-api.ts';

const files = 'tests/fixtures/bank';

interface Importer {
	api: PersonApi;
	entity: string;
	/** Record id of the account in euros. */
	account: string;
}

/** A person with an entity and an account, on the import screen. */
async function beginImport(page: Page): Promise<Importer> {
	const ana = newcomer();
	await createAccount(page, ana);
	await page.getByLabel('Name', { exact: true }).fill('Ana');
	await page.getByRole('button', { name: 'Create', exact: true }).click();
	await page.waitForURL(/\/[0-9a-f-]{36}$/);
	const api = await personApi(process.env.ARCA_E2E_URL ?? '', ana);
	const [entity = ''] = await api.entities();
	const [account = ''] = await api.write(entity, [
		bodyOf('account', { name: 'Giro', type: 'current', currency: 'EUR', institution: 'Bank' })
	]);
	await page.goto(`/${entity}/import`);
	return { api, entity, account };
}

async function choose(page: Page, name: string, text?: string): Promise<void> {
	const file = text === undefined ? `${files}/${name}` : { name, mimeType: 'text/csv', buffer: Buffer.from(text) };
	await page.locator('input[type=file]').setInputFiles(file);
	await expect(page.getByRole('heading', { name: 'Preview' })).toBeVisible();
}

async function press(page: Page, name: string): Promise<void> {
	await page.getByRole('button', { name, exact: true }).click();
}

async function undo(page: Page): Promise<void> {
	await page.getByRole('button', { name: /^Undo this import/ }).click();
	await page.getByRole('alertdialog').getByRole('button', { name: 'Undo this import' }).click();
}

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

test('an import can be stopped: what was taken stays, and the rest comes in with the next try', async ({ page }) => {
	await beginImport(page);
	await choose(page, 'five-thousand-rows.csv');
	await press(page, 'Continue');
	await press(page, 'Import');
	await expect(page.getByText(/[1-9]\d* of 4990/)).toBeVisible();
	await press(page, 'Cancel');
	const told = await page.getByText(/movements imported/).innerText();
	const taken = Number(/\d+/.exec(told)?.[0]);
	expect(taken).toBeGreaterThan(0);
	expect(taken).toBeLessThan(4990);
	await page.reload();
	await choose(page, 'five-thousand-rows.csv');
	await press(page, 'Continue');
	await expect(page.getByText(`${4990 - taken} new movements to import`)).toBeVisible();
});

test('a file that is no statement is refused by name, and the next one can be chosen', async ({ page }) => {
	await beginImport(page);
	const input = page.locator('input[type=file]');
	await input.setInputFiles({ name: 'book.csv', mimeType: 'text/csv', buffer: Buffer.from('PK\u0003\u0004 workbook') });
	await expect(page.getByText('This is a spreadsheet workbook.')).toBeVisible();
	await choose(page, 'plain-minimal.csv');
});

for (const colorScheme of ['light', 'dark'] as const) {
	for (const width of [390, 1280]) {
		test(`axe finds nothing on any step of an import, and all of it fits (${width} px, ${colorScheme})`, async ({
			page
		}) => {
			await page.setViewportSize({ width, height: 900 });
			await page.emulateMedia({ colorScheme });
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
	}
}

/** The screen as it stands: nothing for axe, nothing beyond the edge, nothing too small to touch. */
async function look(page: Page): Promise<void> {
	expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
	for (const target of await page
		.locator('main')
		.locator('a:visible, button:visible, select:visible, summary:visible')
		.all()) {
		const box = await target.boundingBox();
		expect(
			Math.min(box?.height ?? 0, box?.width ?? 0),
			await target.evaluate((node) => node.outerHTML)
		).toBeGreaterThanOrEqual(44);
	}
}
