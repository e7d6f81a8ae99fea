import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

/** Sets a PIN on the page of Security. */
export async function setPin(page: Page, pin: string): Promise<void> {
	const lock = page.getByRole('region', { name: 'PIN' });
	await lock.getByRole('button', { name: 'Set a PIN' }).click();
	await lock.getByLabel('New PIN').fill(pin);
	await lock.getByLabel('Type it again').fill(pin);
	await lock.getByRole('button', { name: 'Set a PIN' }).click();
	await expect(lock.getByRole('button', { name: 'Change the PIN' })).toBeVisible({ timeout: 30_000 });
}

/** Types a PIN on the unlock screen. */
export async function tryPin(page: Page, pin: string): Promise<void> {
	await expect(page.getByRole('heading', { name: 'Unlock' })).toBeVisible();
	await page.getByLabel('PIN', { exact: true }).fill(pin);
	await page.getByRole('button', { name: 'Unlock' }).click();
}
