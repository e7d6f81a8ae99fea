import type { Page } from '@playwright/test';
import { codeOf, stepNow } from '../server/two-step.ts';
import { expect, test } from '../stage/browser-test.ts';
import { lookAt } from '../stage/looks.ts';
import { createAccount, PASSWORD, signIn } from './door-steps.ts';
import { addFirstPasskey, signOut, spoilNextSignature } from './passkey-steps.ts';
import { waitForStep } from './step-asked.ts';
import { withAuthenticator } from './virtual-authenticator.ts';

const NEXT = 'seven other arches';
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const ways = ['Use a passkey', 'Use the app', 'Use a recovery code'];
/** Which ways to show a second step are offered, the first one with the focus. */
async function expectWays(page: Page, wanted: readonly string[]): Promise<void> {
	await expect(button(page, wanted[0] ?? '')).toBeFocused();
	for (const way of ways) await expect(button(page, way)).toBeVisible({ visible: wanted.includes(way) });
	await expect(page.getByLabel('Verification code')).toBeHidden();
}
const alone = ['Use a passkey', 'Use a recovery code'];

test('a passkey alone is enough for a new password by mail, and neither none nor a spoilt signature is', async ({
	page,
	readCode
}) => {
	const device = await withAuthenticator(page, { prf: false });
	const { email } = await createAccount(page);
	await addFirstPasskey(page);
	await signOut(page);
	await page.goto('/reset');
	await page.getByLabel('Email').fill(email);
	await button(page, 'Send code').click();
	await expect(page.getByLabel('Code')).toBeFocused();
	await expect.poll(() => attempt(() => readCode(email))).toMatch(/^\d{6}$/);
	await page.getByLabel('Code').fill(readCode(email));
	await button(page, 'Continue').click();
	await page.getByLabel('New password').fill(NEXT);
	await button(page, 'Set new password').click();
	await expectWays(page, alone);
	await lookAt(page, 'passkey-reset');
	const putBack = await device.clear();
	await button(page, 'Use a passkey').click();
	await expect(page.getByRole('alert')).toContainText('this device has none of yours');
	await putBack();
	await spoilNextSignature(page, '**/api/two-factor/passkey');
	await button(page, 'Use a passkey').click();
	await expect(page.getByRole('alert')).toContainText('The passkey was not accepted');
	await button(page, 'Use a passkey').click();
	await expect(page).toHaveURL(/\/entities/);
	await signOut(page);
	await signIn(page, email, NEXT);
	await expectWays(page, alone);
});

test(
	'what may harm asks for a passkey over the page, and offers the app next to it where there is one',
	{ tag: '@long' },
	async ({ page }) => {
		await withAuthenticator(page, { prf: false });
		await createAccount(page);
		const codes = await addFirstPasskey(page);
		const dialog = page.getByRole('dialog', { name: 'Two-step verification' });

		await test.step('for new recovery codes', async () => {
			await waitForStep(page, '**/api/two-factor/regenerate', 'fresh-step');
			await button(page, 'New recovery codes').click();
			await expect(dialog).toBeVisible();
			await expectWays(page, alone);
			await lookAt(page, 'passkey-dialog');
			await button(page, 'Use a passkey').click();
			await expect(page.getByRole('heading', { name: 'Recovery codes' })).toBeFocused();
			await expect(page.getByText(codes[0] ?? '', { exact: true })).toBeHidden();
			await button(page, 'I have saved them').click();
		});

		await test.step('for a passkey to go, which stays where the step is put off', async () => {
			await button(page, 'Add an app').click();
			const secret = (await page.getByText(/^[A-Z2-7]{32}$/).textContent()) ?? '';
			await page.getByLabel('Verification code').fill(codeOf(secret, stepNow()));
			await page.getByLabel('Verification code').press('Enter');
			await expect(page.getByText('An app makes codes.')).toBeVisible();
			await waitForStep(page, '**/api/two-factor/passkeys/*', 'fresh-step');
			const remove = page.getByRole('button', { name: /^Remove Chrome/ });
			await remove.click();
			await button(page, 'Remove').click();
			await expect(dialog).toBeVisible();
			await expectWays(page, ways);
			await lookAt(page, 'passkey-dialog-both');
			await page.keyboard.press('Escape');
			await expect(page.getByText('Show your second step first')).toBeVisible();
			await remove.click();
			await button(page, 'Remove').click();
			await button(page, 'Use a passkey').click();
			await expect(page.getByText('Passkey removed')).toBeVisible();
			await expect(remove).toBeHidden();
			await expect(page.getByText('An app makes codes.')).toBeVisible();
		});
	}
);

test(
	'a passkey alone sets a first password in Settings, and turns two-step verification off',
	{ tag: '@long' },
	async ({ page, readCode }) => {
		await withAuthenticator(page, { prf: false });
		const { email } = await createAccount(page);
		await addFirstPasskey(page);
		await signOut(page);
		// As somebody who came by a provider and has no password of their own.
		await page.route('**/auth/v1/token?grant_type=password', async (route) => {
			const answer = await route.fetch();
			const { user, ...rest } = (await answer.json()) as { user: object };
			const app_metadata = { provider: 'github', providers: ['github'] };
			await route.fulfill({ response: answer, json: { ...rest, user: { ...user, app_metadata } } });
		});
		await signIn(page, email, PASSWORD);
		await button(page, 'Use a passkey').click();
		await expect(page).toHaveURL(/\/entities/);

		await page.goto('/settings');
		await button(page, 'Set a password').click();
		await expect.poll(() => attempt(() => readCode(email))).toMatch(/^\d{6}$/);
		await page.getByLabel('Code').fill(readCode(email));
		await page.getByLabel('New password').fill(NEXT);
		await button(page, 'Set a password').click();
		await expectWays(page, alone);
		await lookAt(page, 'passkey-set-password');
		await button(page, 'Use a passkey').click();
		await expect(page.getByText('Password changed.')).toBeVisible();

		await page.goto('/settings/security');
		await button(page, 'Turn off').click();
		await expectWays(page, alone);
		await lookAt(page, 'passkey-off');
		await spoilNextSignature(page, '**/api/two-factor/disable');
		await button(page, 'Use a passkey').click();
		await expect(page.getByRole('alert')).toContainText('The passkey was not accepted');
		await button(page, 'Use a passkey').click();
		await expect(button(page, 'Add an app')).toBeFocused();
		await signOut(page);
		await signIn(page, email, NEXT);
		await expect(page).toHaveURL(/\/entities/);
	}
);

function attempt(read: () => string): string {
	try {
		return read();
	} catch {
		return '';
	}
}
