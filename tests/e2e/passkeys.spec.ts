import type { Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { lookAt } from '../stage/looks.ts';
import { createAccount, PASSWORD, signIn } from './door-steps.ts';
import { addFirstPasskey, signOut } from './passkey-steps.ts';
import { withAuthenticator } from './virtual-authenticator.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('a passkey turns two-step verification on, is asked for at the next sign-in, renamed, and turns it off by going', async ({
	page
}) => {
	const device = await withAuthenticator(page, { prf: false });
	const { email } = await createAccount(page);

	await test.step('made under a name, it tells ten recovery codes', async () => {
		await page.goto('/settings/security');
		await button(page, 'Add a passkey').click();
		await expect(page.getByLabel('Name', { exact: true })).toHaveValue(/^Chrome on /);
		await page.getByLabel('Name', { exact: true }).fill('  ');
		await button(page, 'Add a passkey').click();
		await expect(page.getByLabel('Name', { exact: true })).toHaveAccessibleDescription(/Give it a name/);
		await page.getByLabel('Name', { exact: true }).fill('Portátil de casa');
		await lookAt(page, 'passkey-add');
		await button(page, 'Add a passkey').click();
		await expect(page.getByRole('heading', { name: 'Recovery codes' })).toBeFocused();
		await expect(page.getByRole('listitem').filter({ hasText: /^[\dA-Z]{4}(-[\dA-Z]{4}){5}$/ })).toHaveCount(10);
		expect(await device.count()).toBe(1);
		await button(page, 'I have saved them').click();
		await expect(page.getByText('Portátil de casa')).toBeVisible();
		await expect(page.getByText('Not used yet')).toBeVisible();
		await lookAt(page, 'passkey-list');
	});

	await test.step('the same device is not added twice', async () => {
		await button(page, 'Add a passkey').click();
		// The form has a button of the same name: it is there with its field.
		await expect(page.getByLabel('Name', { exact: true })).toBeVisible();
		await button(page, 'Add a passkey').click();
		await expect(page.getByText('is in your list already')).toBeVisible();
		await button(page, 'Cancel').click();
	});

	await test.step('asked for at the next sign-in, without a field for an app there is not', async () => {
		await signOut(page);
		await signIn(page, email, PASSWORD);
		await expect(button(page, 'Use a passkey')).toBeFocused();
		await expect(page.getByLabel('Verification code')).toBeHidden();
		await expect(button(page, 'Use the app')).toBeHidden();
		await expect(button(page, 'Use a recovery code')).toBeVisible();
		await lookAt(page, 'passkey-door');
		await button(page, 'Use a passkey').click();
		await expect(page).toHaveURL(/\/entities/);
	});

	await test.step('renamed, and removed as the last one, after which two-step verification is off', async () => {
		await page.goto('/settings/security');
		await expect(page.getByText(/^Last used/)).toBeVisible();
		await button(page, 'Rename Portátil de casa').click();
		await page.getByLabel('Name', { exact: true }).fill('Llave');
		await button(page, 'Rename').click();
		await button(page, 'Remove Llave').click();
		await expect(page.getByText('It is your only second step')).toBeVisible();
		await button(page, 'Remove').click();
		await expect(button(page, 'Add an app')).toBeVisible();
		await expect(page.getByText('Llave')).toBeHidden();
	});
});

test('a sign-in on a device without the passkey says so, and leaves the recovery code', async ({ page }) => {
	const device = await withAuthenticator(page, { prf: false });
	const { email } = await createAccount(page);
	const [code = ''] = await addFirstPasskey(page);
	await signOut(page);
	await device.clear();
	await signIn(page, email, PASSWORD);
	await button(page, 'Use a passkey').click();
	await expect(page.getByText('this device has none of yours')).toBeVisible();
	await button(page, 'Use a recovery code').click();
	await page.getByLabel('Recovery code').fill(code);
	await page.getByLabel('Recovery code').press('Enter');
	await expect(page).toHaveURL(/\/entities/);
});
