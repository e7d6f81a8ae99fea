import type { Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { atSecurity } from './at-home.ts';
import { unlock } from './encryption-steps.ts';
import { setPin, tryPin } from './pin-steps.ts';
import { withAuthenticator } from './virtual-authenticator.ts';

const on = (page: Page) => page.getByRole('button', { name: 'Turn on fingerprint or face' });
const off = (page: Page) => page.getByRole('button', { name: 'Turn off fingerprint or face' });
const pin = (page: Page) => page.getByRole('region', { name: 'PIN' });

test('one thing opens a device: a PIN takes the place of a fingerprint, and a fingerprint that of a PIN', async ({
	page,
	baseURL
}) => {
	const device = await withAuthenticator(page);
	const { phrase } = await atSecurity(page, baseURL);
	await on(page).click();
	await expect(off(page)).toBeVisible({ timeout: 30_000 });
	expect(await device.count()).toBe(1);

	await test.step('set, the PIN opens it, and nothing of the fingerprint is left', async () => {
		await setPin(page, '271828');
		await expect(on(page)).toBeVisible();
		expect(await device.count()).toBe(0);
		await page.reload();
		await tryPin(page, '271828');
		await expect(pin(page).getByRole('button', { name: 'Change the PIN' })).toBeVisible({ timeout: 30_000 });
	});

	await test.step('turned on, the fingerprint opens it, and no PIN is asked for', async () => {
		await on(page).click();
		await expect(off(page)).toBeVisible({ timeout: 30_000 });
		await expect(pin(page).getByRole('button', { name: 'Set a PIN' })).toBeVisible();
		await device.verify(false);
		await page.reload();
		await expect(page.getByText('did not confirm that it is you')).toBeVisible({ timeout: 30_000 });
		await expect(page.getByLabel('PIN', { exact: true })).toHaveCount(0);
	});

	await test.step('turned off, the password alone opens it', async () => {
		await page.getByRole('button', { name: 'Use the encryption password' }).click();
		await unlock(page, phrase);
		await off(page).click();
		await expect(on(page)).toBeVisible();
		expect(await device.count()).toBe(0);
		await page.reload();
		await unlock(page, phrase);
		await expect(pin(page).getByRole('button', { name: 'Set a PIN' })).toBeVisible();
	});
});
