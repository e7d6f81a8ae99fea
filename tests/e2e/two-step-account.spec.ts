import { Client } from '../server/client.ts';
import { turnOn } from '../server/two-step.ts';
import { expect, test } from '../stage/browser-test.ts';
import { lookAt } from '../stage/looks.ts';
import { newEmail, signIn } from './door-steps.ts';
import { recoverWith, waitForStep } from './step-asked.ts';

test('another password and another address take a second step of the last minutes, and what was typed stays', async ({
	page,
	baseURL
}) => {
	const client = await Client.of(baseURL ?? '');
	const account = await client.signUp(newEmail());
	const { codes } = await turnOn(client, account);
	const dialog = page.getByRole('dialog', { name: 'Two-step verification' });
	await page.goto('/sign-in');
	await signIn(page, account.email, account.password);
	await recoverWith(page, codes[0]);
	await expect(page).toHaveURL(/\/entities/);

	await test.step('the password', async () => {
		await page.goto('/settings');
		await waitForStep(page, '**/auth/v1/user', 'fresh-step');
		await page.getByRole('button', { name: 'Change password' }).click();
		await page.getByLabel('Current password').fill(account.password);
		await page.getByLabel('New password').fill('seven other arches');
		await page.getByRole('button', { name: 'Change password' }).click();
		await expect(dialog).toBeVisible();
		await lookAt(page, 'two-step-account');
		await page.keyboard.press('Escape');
		await expect(dialog).toBeHidden();
		await expect(page.getByRole('alert')).toContainText('Show your second step first');
		await expect(page.getByLabel('Current password')).toHaveValue(account.password);
		await expect(page.getByLabel('New password')).toHaveValue('seven other arches');
		await page.getByRole('button', { name: 'Change password' }).click();
		await recoverWith(page, codes[1]);
		await expect(dialog).toBeHidden();
		await expect(page.getByText('Password changed.')).toBeVisible();
	});

	await test.step('the address', async () => {
		const next = newEmail();
		await waitForStep(page, '**/auth/v1/user', 'fresh-step');
		await page.getByRole('button', { name: 'Change email' }).click();
		await page.getByLabel('New email').fill(next);
		await page.getByLabel('Current password').fill('seven other arches');
		await page.getByRole('button', { name: 'Change email' }).click();
		await expect(dialog).toBeVisible();
		await recoverWith(page, codes[2]);
		await expect(dialog).toBeHidden();
		await expect(page.getByLabel('Code')).toBeVisible();
	});
});
