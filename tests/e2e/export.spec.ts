import { readFile } from 'node:fs/promises';
import type { Download, Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { lookAt } from '../stage/looks.ts';
import { readWorkbook, valuesOf } from '../stage/read-workbook.ts';
import { atHome } from './at-home.ts';
import { bodyOf } from './person-api.ts';

const euros = (minor: number) => ({ minor, currency: 'EUR' });

async function make(page: Page): Promise<Download> {
	const begun = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Make the file' }).click();
	return begun;
}

const sheetsOf = async (download: Download) => readWorkbook(await readFile(await download.path()));

test('what a person has comes out as a workbook that another program reads, also without a network', async ({
	page,
	context,
	baseURL
}) => {
	await atHome(page, baseURL, async ({ api, entity }) => {
		const [account = ''] = await api.write(entity, [
			bodyOf('account', {
				name: 'Giro',
				type: 'current',
				currency: 'EUR',
				opening: euros(100_000),
				openingOn: '2020-01-01'
			})
		]);
		await api.write(entity, [
			bodyOf('expense', { date: '2026-01-05', amount: euros(1234), payee: '=1+1', category: 'groceries', account }),
			bodyOf('income', { date: '2026-02-01', amount: euros(300_000), payer: 'Work', category: 'salary', account })
		]);
		await api.write(
			entity,
			[bodyOf('condition', { name: 'Migraine', status: 'active', onset: '2019-04-01' })],
			'health'
		);
	});
	await expect(page.getByRole('link', { name: /Giro/ })).toBeVisible();
	await page.getByRole('link', { name: 'Settings', exact: true }).first().click();
	await page.getByRole('link', { name: /Export data/ }).click();
	await expect(page.getByText('The file is not encrypted')).toBeVisible();
	await lookAt(page, 'export');

	const health = await make(page);
	expect(health.suggestedFilename()).toMatch(/^Casa Ribera - Health report - \d{4}-\d\d-\d\d\.xlsx$/);
	expect(valuesOf(await sheetsOf(health), 'Conditions')).toMatchObject([
		{ Name: 'Migraine', Since: '2019-04-01T00:00:00' }
	]);
	await lookAt(page, 'export-made');

	await context.setOffline(true);
	await page.getByRole('button', { name: 'Export something else' }).click();
	await page.getByRole('radio', { name: /Financial snapshot/ }).check();
	const snapshot = valuesOf(await sheetsOf(await make(page)), 'Summary');
	expect(snapshot.find(({ What }) => What === 'Net worth')).toMatchObject({
		Amount: 1000 - 12.34 + 3000,
		Currency: 'EUR'
	});
	await context.setOffline(false);

	await page.getByRole('button', { name: 'Export something else' }).click();
	await page.getByRole('radio', { name: /Financial movements/ }).check();
	const movements = await sheetsOf(await make(page));
	expect(valuesOf(movements, 'Expenses')).toMatchObject([{ Amount: 12.34, Payee: '=1+1', Account: 'Giro' }]);
	expect(movements.flatMap(({ rows }) => rows.flat()).filter(({ type }) => type === 'f')).toEqual([]);
});

test('an export that is cancelled saves nothing, and the choice is there again', async ({ page, baseURL }) => {
	await atHome(page, baseURL);
	let downloads = 0;
	page.on('download', () => downloads++);
	// What makes workbooks does not come: the export is under way for as long as that.
	const asked = Promise.withResolvers<void>();
	await page.route('**/export.worker*', () => asked.resolve());
	await page.goto('/settings/export');
	await page.getByRole('radio', { name: /Papers/ }).check();
	await page.getByRole('button', { name: 'Make the file' }).click();
	await asked.promise;
	await expect(page.getByRole('progressbar')).toBeVisible();
	await page.getByRole('button', { name: 'Cancel' }).click();
	await expect(page.getByRole('radio', { name: /Papers/ })).toBeChecked();
	await expect(page.getByText('The file was not made')).toHaveCount(0);
	await page.unroute('**/export.worker*');
	await make(page);
	await expect(page.getByText('is made')).toBeVisible();
	expect(downloads).toBe(1);
});
