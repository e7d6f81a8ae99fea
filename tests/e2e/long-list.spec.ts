import type { Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { atHome } from './at-home.ts';
import { manyExpenses } from './expenses.ts';
import { bodyOf } from './person-api.ts';

const COUNT = 20_000;

const status = (page: Page) => page.getByRole('status').filter({ hasText: 'expense' });
const rows = (page: Page) => page.locator('[data-index]');
const search = (page: Page) => page.getByRole('searchbox');

test('a list of 20,000 is scrolled, searched, filtered and sorted, and a record that is edited moves', async ({
	page,
	baseURL
}) => {
	test.setTimeout(400_000);
	await page.setViewportSize({ width: 1280, height: 900 });
	const { api, entity } = await atHome(page, baseURL);
	const [account = ''] = await api.write(entity, [
		bodyOf('account', { name: 'Ñandú', type: 'current', currency: 'EUR' })
	]);
	await api.write(entity, manyExpenses(COUNT, account));
	await page.goto(`/${entity}/finances/expense`);
	await expect(status(page)).toContainText('20,000 expenses', { timeout: 60_000 });
	await expect(page.getByRole('table')).toHaveAttribute('aria-rowcount', String(COUNT + 1));

	// By the keyboard to the end and back; never more than a few dozen rows are drawn.
	await rows(page).first().getByRole('link').focus();
	await page.keyboard.press('End');
	await expect(page.locator(`[data-index="${COUNT - 1}"] a`)).toBeFocused();
	await expect(page.locator(`tr[aria-rowindex="${COUNT + 1}"]`)).toBeInViewport();
	expect(await rows(page).count()).toBeLessThan(80);
	await page.keyboard.press('PageUp');
	await expect(page.locator(`[data-index="${COUNT - 11}"] a`)).toBeFocused();
	await page.keyboard.press('Home');
	await expect(page.locator('[data-index="0"] a')).toBeFocused();

	// Any words, anywhere, without their accents: a part of a word, an amount, the account.
	await search(page).fill('gijon nandu 2110');
	await expect(status(page)).toContainText(/^\s*\d expenses/);
	await expect(rows(page).first()).toContainText('Shop 2110 Gijón');
	await search(page).fill('no such words');
	await expect(page.getByText('Nothing found')).toBeVisible();
	await search(page).fill('');
	await expect(status(page)).toContainText('20,000 expenses');

	await page.getByRole('button', { name: 'Filter' }).click();
	await page.getByLabel('Category').selectOption('health');
	await expect(status(page)).toContainText('4,000 expenses');
	await page.getByRole('columnheader', { name: 'Amount' }).getByRole('button').click();
	await expect(rows(page).first()).toContainText('€1.');
	await page.getByRole('columnheader', { name: 'Amount' }).getByRole('button').click();
	await expect(rows(page).first()).toContainText('€901.');

	// The cheapest of all is made the dearest: it moves from the end of the list to its beginning, and the focus with it.
	await rows(page).first().getByRole('link').focus();
	await page.keyboard.press('End');
	await page.locator('[data-index="3999"]').getByRole('link').click();
	await page.getByRole('combobox', { name: /^Payee/ }).fill('Ámbar');
	await page.getByRole('textbox', { name: /^Amount/ }).fill('5000');
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(rows(page).first()).toContainText('€5,000.00');
	await expect(page.locator('[data-index="0"] a')).toBeFocused();
	await search(page).fill('ambar 5000');
	await expect(status(page)).toContainText('1 expense');
});

test('on a phone the cards of a long list scroll to their end without a gap', async ({ page, baseURL }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	const { api, entity } = await atHome(page, baseURL);
	await api.write(entity, manyExpenses(2_000, ''));
	await page.goto(`/${entity}/finances/expense`);
	await expect(status(page)).toContainText('2,000 expenses');
	await page.keyboard.press('End');
	const last = page.locator('li[aria-posinset="2000"]');
	await expect(last).toBeInViewport();
	await expect(last).toHaveAttribute('aria-setsize', '2000');
	for (const share of [0.9, 0.5, 0.13]) {
		await page.evaluate((part) => window.scrollTo(0, document.body.scrollHeight * part), share);
		// Wherever one looks, in the middle of the screen is a card.
		await expect
			.poll(() => page.evaluate(() => document.elementFromPoint(195, 400)?.closest('li') !== null))
			.toBe(true);
	}
	const seen = await page.evaluate(() => document.elementFromPoint(195, 400)?.closest('a')?.getAttribute('href'));
	await page.locator(`a[href="${seen}"]`).click();
	await page.waitForURL(`**${seen}`);
	await page.goBack();
	await expect(page.locator(`a[href="${seen}"]`)).toBeInViewport();
});
