import type { Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { atHome, atSecurity } from './at-home.ts';
import { unlock } from './encryption-steps.ts';

const open = (page: Page) => page.getByRole('button', { name: 'Lock now' }).first();
const locked = (page: Page) => page.getByRole('heading', { name: 'Unlock' });

test('a vault that nobody uses locks itself after the minutes that were chosen, and use begins them anew', async ({
	page,
	baseURL
}) => {
	await page.clock.install();
	const { phrase } = await atSecurity(page, baseURL);
	await page.clock.fastForward('04:30');
	await page.keyboard.press('Shift');
	await page.clock.fastForward('04:30');
	await expect(open(page)).toBeVisible();
	await page.clock.fastForward('00:31');
	await expect(locked(page)).toBeVisible();
	await unlock(page, phrase);
	await page.getByLabel(/Lock when nobody uses Arca/).selectOption({ label: '60 minutes' });
	await page.clock.fastForward('50:00');
	await expect(open(page)).toBeVisible();
	await page.clock.fastForward('10:01');
	await expect(locked(page)).toBeVisible();
});

test('a wall clock that is set forward or back gives nobody more time', { tag: '@long' }, async ({ page, baseURL }) => {
	await page.clock.install();
	const { phrase } = await atSecurity(page, baseURL);
	for (const jump of [6, -6]) {
		await expect(open(page)).toBeVisible();
		const now = await page.evaluate(() => Date.now());
		await page.clock.setSystemTime(now + jump * 60_000);
		await expect(locked(page), `${jump} minutes`).toBeVisible();
		await unlock(page, phrase);
	}
});

test('a draft that was being typed when the vault locked itself is there after unlocking', async ({
	page,
	baseURL
}) => {
	await page.clock.install();
	const { entity, phrase } = await atSecurity(page, baseURL);
	await page.goto(`/${entity}/finances/account/new`);
	await unlock(page, phrase);
	await page.getByLabel('Name', { exact: true }).fill('Half a purse');
	await page.clock.fastForward('05:01');
	await expect(locked(page)).toBeVisible();
	await unlock(page, phrase);
	await expect(page).toHaveURL(`/${entity}/finances/account/new`);
	await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Half a purse');
});

test('an account without user encryption has no lock', async ({ page, baseURL }) => {
	await page.clock.install();
	await atHome(page, baseURL);
	await page.goto('/settings');
	await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
	await expect(open(page)).toHaveCount(0);
	await page.clock.fastForward('59:00');
	await page.keyboard.press('Control+Shift+L');
	await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
});
