import { expect, test } from '../stage/browser-test.ts';
import { beginImport, choose, press } from './importer.ts';

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
