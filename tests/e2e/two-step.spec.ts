import type { Page } from '@playwright/test';
import { codeOf, stepNow, turnOn, wrongCode } from '../server/two-step.ts';
import { expect, test } from '../stage/browser-test.ts';
import { expectNoFindings, lookAt } from '../stage/looks.ts';
import { Client } from '../server/client.ts';
import { createAccount, newEmail, PASSWORD, signIn } from './door-steps.ts';
import { keepCode, turnOnEncryption } from './encryption-steps.ts';
import { recoverWith, waitForStep } from './step-asked.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const code = (page: Page) => page.getByLabel('Verification code');

async function signOut(page: Page): Promise<void> {
	await page.goto('/settings');
	await button(page, 'Sign out').first().click();
	await expect(page).toHaveURL(/\/sign-in/);
}

/** In the dark theme too: a camera reads nothing else. */
async function expectDarkOnWhite(page: Page): Promise<void> {
	await page.emulateMedia({ colorScheme: 'dark' });
	const colours = await page.getByRole('img', { name: /QR code/ }).evaluate((picture) =>
		['rect', 'path'].map((name) => {
			const part = picture.querySelector(name);
			return part && [getComputedStyle(part).fill, Math.round(part.getBoundingClientRect().width)];
		})
	);
	expect(colours).toEqual([
		['rgb(255, 255, 255)', 192],
		['rgb(0, 0, 0)', expect.any(Number)]
	]);
	await page.emulateMedia({ colorScheme: 'light' });
}

test('two-step verification is turned on, asked for, shown again in the middle of work, and turned off', async ({
	page
}) => {
	const { email } = await createAccount(page);
	let secret = '';
	let codes: string[] = [];

	await test.step('turned on by an app and its first code', async () => {
		await page.goto('/settings/security');
		await button(page, 'Add an app').click();
		await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
		await expect(code(page)).toBeFocused();
		secret = (await page.getByText(/^[A-Z2-7]{32}$/).textContent()) ?? '';
		await lookAt(page, 'two-step-enroll');
		await expectDarkOnWhite(page);
		await code(page).fill('12');
		await code(page).press('Enter');
		await expect(code(page)).toHaveAccessibleDescription(/Type the six digits/);
		await code(page).fill(wrongCode(secret));
		await code(page).press('Enter');
		await expect(code(page)).toHaveAccessibleDescription(/not right/);
		await expect(code(page)).toBeFocused();
		await code(page).fill(codeOf(secret, stepNow()));
		await code(page).press('Enter');
		await expect(page.getByRole('heading', { name: 'Recovery codes' })).toBeFocused();
		codes = await page
			.getByRole('listitem')
			.filter({ hasText: /^[\dA-Z]{4}(-[\dA-Z]{4}){5}$/ })
			.allTextContents();
		expect(codes).toHaveLength(10);
		await lookAt(page, 'two-step-codes');
		await button(page, 'I have saved them').click();
		await expect(page.getByText('10 recovery codes are left.')).toBeVisible();
	});

	await test.step('asked for at the next sign-in, also of a page that is loaded anew', async () => {
		await signOut(page);
		await signIn(page, email, PASSWORD);
		await expect(code(page)).toBeFocused();
		await expect(code(page)).toHaveAttribute('autocomplete', 'one-time-code');
		await lookAt(page, 'two-step-door');
		await page.goto('/entities');
		await expect(code(page)).toBeFocused();
		await code(page).fill(codeOf(secret, stepNow() - 5));
		await code(page).press('Enter');
		await expect(code(page)).toHaveAccessibleDescription(/not right/);
		// As apps show it, and as it is pasted.
		await code(page).fill(codeOf(secret, stepNow() + 1).replace(/^.../, '$& '));
		await code(page).press('Enter');
		await expect(page).toHaveURL(/\/entities/);
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	});

	await test.step('asked for in the middle of work, which stays as it was', async () => {
		await page.goto('/entities/new');
		await page.getByLabel('Name', { exact: true }).fill('Casa de la playa');
		await waitForStep(page, '**/api/entities', 'second-step');
		await button(page, 'Create').click();
		const dialog = page.getByRole('dialog', { name: 'Two-step verification' });
		await expect(dialog).toBeVisible();
		await expectNoFindings(page);
		await page.keyboard.press('Escape');
		await expect(dialog).toBeHidden();
		await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Casa de la playa');
		await button(page, 'The server waits for your second step').click();
		await button(page, 'Use a recovery code').click();
		await page.getByLabel('Recovery code').fill(`${codes[0]?.toLowerCase().replaceAll('-', ' ')}`);
		await page.getByLabel('Recovery code').press('Enter');
		await expect(dialog).toBeHidden();
		await expect(button(page, 'The server waits for your second step')).toBeHidden();
		await button(page, 'Create').click();
		await expect(page.getByRole('button', { name: /Casa de la playa/ }).first()).toBeVisible();
	});

	await test.step('new recovery codes take a fresh code, after which they are there', async () => {
		await page.goto('/settings/security');
		await waitForStep(page, '**/api/two-factor/regenerate', 'fresh-step');
		await button(page, 'New recovery codes').click();
		await button(page, 'Use a recovery code').click();
		await page.getByLabel('Recovery code').fill(codes[0] ?? '');
		await page.getByLabel('Recovery code').press('Enter');
		await expect(page.getByLabel('Recovery code')).toHaveAccessibleDescription(/not right/);
		await page.getByLabel('Recovery code').fill(codes[1] ?? '');
		await page.getByLabel('Recovery code').press('Enter');
		await expect(page.getByRole('heading', { name: 'Recovery codes' })).toBeFocused();
		codes = await page
			.getByRole('listitem')
			.filter({ hasText: /^[\dA-Z]{4}(-[\dA-Z]{4}){5}$/ })
			.allTextContents();
		await button(page, 'I have saved them').click();
	});

	await test.step('turned off by a recovery code, after which a sign-in is enough', async () => {
		await button(page, 'Turn off').click();
		await button(page, 'Use a recovery code').click();
		await page.getByLabel('Recovery code').fill(codes[2] ?? '');
		await page.getByLabel('Recovery code').press('Enter');
		await expect(button(page, 'Add an app')).toBeFocused();
		await signOut(page);
		await signIn(page, email, PASSWORD);
		await expect(page).toHaveURL(/\/entities/);
	});
});

test(
	'a new password by mail asks for the second step, and so does the sign-in before keys are replaced',
	{ tag: '@long' },
	async ({ page, baseURL, readCode }) => {
		const client = await Client.of(baseURL ?? '');
		const account = await client.signUp(newEmail());
		const { codes } = await turnOn(client, account);

		await page.goto('/reset');
		await page.getByLabel('Email').fill(account.email);
		await button(page, 'Send code').click();
		await expect(page.getByLabel('Code')).toBeFocused();
		await expect.poll(() => attempt(() => readCode(account.email))).toMatch(/^\d{6}$/);
		await page.getByLabel('Code').fill(readCode(account.email));
		await button(page, 'Continue').click();
		await page.getByLabel('New password').fill(PASSWORD);
		await button(page, 'Set new password').click();
		await expect(code(page)).toBeFocused();
		await recoverWith(page, codes[0]);
		await expect(page).toHaveURL(/\/entities/);

		await turnOnEncryption(page);
		await button(page, 'Make a new one').click();
		await page.getByLabel('Your sign-in password').fill(PASSWORD);
		await button(page, 'Make a new one').click();
		await expect(page.getByRole('dialog', { name: 'Two-step verification' })).toBeVisible();
		await recoverWith(page, codes[1]);
		await keepCode(page);
		await expect(page.getByRole('dialog')).toBeHidden();
	}
);

function attempt(read: () => string): string {
	try {
		return read();
	} catch {
		return '';
	}
}
