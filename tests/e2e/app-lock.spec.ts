import type { Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { lookAt } from '../stage/looks.ts';
import { atHome, atSecurity } from './at-home.ts';
import { unlock } from './encryption-steps.ts';
import { withAuthenticator } from './virtual-authenticator.ts';

const lock = (page: Page) => page.getByRole('region', { name: 'Fingerprint or face' });
const on = (page: Page) => lock(page).getByRole('button', { name: 'Turn on fingerprint or face' });
const off = (page: Page) => lock(page).getByRole('button', { name: 'Turn off fingerprint or face' });
const ask = (page: Page) => page.getByRole('button', { name: 'Use fingerprint or face' });
const locked = (page: Page) => page.getByRole('heading', { name: 'Unlock' });

test('a fingerprint opens what it was turned on for, at once after the clock locked it and when asked after a hand did', async ({
	page,
	baseURL
}) => {
	await page.clock.install();
	const device = await withAuthenticator(page);
	const { phrase } = await atSecurity(page, baseURL);
	await on(page).click();
	await expect(off(page)).toBeVisible({ timeout: 30_000 });
	await lookAt(page, 'app-lock');

	await page.clock.fastForward('05:01');
	await expect(off(page), 'asked at once').toBeVisible({ timeout: 30_000 });

	await page.keyboard.press('Control+Shift+L');
	await expect(locked(page)).toBeVisible();
	await ask(page).click();
	await expect(off(page)).toBeVisible({ timeout: 30_000 });

	await device.verify(false);
	await page.reload();
	await expect(page.getByText('did not confirm that it is you')).toBeVisible({ timeout: 30_000 });
	await expect(locked(page)).toBeVisible();
	await lookAt(page, 'app-lock-refused');
	await page.getByRole('button', { name: 'Use the encryption password' }).click();
	await unlock(page, phrase);
	await off(page).click();
	await expect(on(page)).toBeVisible();
	expect(await device.count(), 'nothing of it stays on the authenticator').toBe(0);
	await page.reload();
	await unlock(page, phrase);
	await expect(on(page)).toBeVisible();
});

test('an authenticator without PRF, and a person it does not verify, change nothing', async ({ page, baseURL }) => {
	const device = await withAuthenticator(page, { prf: false });
	const { phrase } = await atSecurity(page, baseURL);
	await on(page).click();
	await expect(page.getByText('gives Arca no key with that')).toBeVisible({ timeout: 30_000 });
	expect(await device.count(), 'no credential is left behind').toBe(0);
	await device.verify(false);
	await on(page).click();
	await expect(page.getByText('did not confirm that it is you')).toBeVisible({ timeout: 30_000 });
	await page.reload();
	await unlock(page, phrase);
	await expect(on(page)).toBeVisible();
});

test('who has no user encryption is told that there is no lock, and how to have one', async ({ page, baseURL }) => {
	await atHome(page, baseURL);
	await page.goto('/settings/security');
	await expect(page.getByText('Without user encryption there is no lock')).toBeVisible();
	await expect(page.getByRole('link', { name: 'Turn on user encryption' })).toBeVisible();
});
