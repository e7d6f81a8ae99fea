import { expect, test } from '../stage/browser-test.ts';
import { expectNoFindingsInBoth } from '../stage/looks.ts';
import { createAccount, newEmail, PASSWORD, signIn } from './door-steps.ts';

test.describe('the account', () => {
	test('a wrong password and an unknown e-mail are answered in the same words', async ({ page }) => {
		const { email } = await createAccount(page);
		await page.goto('/settings');
		await page.getByRole('button', { name: 'Sign out' }).first().click();
		await expect(page).toHaveURL(/\/sign-in/);
		const told: (string | null)[] = [];
		for (const who of [email, newEmail()]) {
			await signIn(page, who, 'not the password');
			const alert = page.getByRole('alert');
			await expect(alert).toBeVisible();
			told.push(await alert.textContent());
			await page.reload();
		}
		expect(told[0]).toBe(told[1]);
	});

	test('what is wrong stands beside the field, and what was typed stays', async ({ page }) => {
		await page.goto('/create-account');
		await page.getByLabel('Email').fill('nobody');
		await page.getByLabel('Password').fill('short');
		await page.getByRole('button', { name: 'Create account' }).click();
		await expect(page.getByLabel('Email')).toHaveAccessibleDescription(/Write an email address/);
		await expect(page.getByLabel('Email')).toBeFocused();
		await expect(page.getByLabel('Password')).toHaveAccessibleDescription(/too short/);
		await expect(page.getByLabel('Email')).toHaveValue('nobody');
		await expect(page.getByLabel('Password')).toHaveValue('short');
		// What leaked, what is made of the address, and what is longer than can be kept: said here, before anything is sent.
		await page.route('**/auth/v1/signup', (route) => route.abort());
		await page.getByLabel('Email').fill('nobody.known@example.org');
		for (const [password, said] of [
			['password123', /too easy to guess/],
			['nobody.known1', /too easy to guess/],
			['ñ'.repeat(40), /longer than can be kept/]
		] as const) {
			await page.getByLabel('Password').fill(password);
			await page.getByRole('button', { name: 'Create account' }).click();
			await expect(page.getByLabel('Password')).toHaveAccessibleDescription(said);
			await expect(page.getByLabel('Password')).toBeFocused();
		}
	});

	test('a forgotten password is replaced by a code, and only by the right one', async ({ page, readCode }) => {
		const { email } = await createAccount(page);
		await page.goto('/settings');
		await page.getByRole('button', { name: 'Sign out' }).first().click();
		await page.getByRole('link', { name: 'Forgot your password?' }).click();
		await expect(page.getByRole('heading', { name: 'New password' })).toBeVisible();
		await page.getByLabel('Email').fill(email);
		await page.getByRole('button', { name: 'Send code' }).click();
		await expect(page.getByText(`npm run reset-code -- ${email}`)).toBeVisible();
		await expect.poll(() => codeOrNothing(readCode, email)).toMatch(/^\d{6}$/);
		const code = readCode(email);
		await page.getByLabel('Code').fill(code === '111111' ? '222222' : '111111');
		await page.getByRole('button', { name: 'Continue' }).click();
		await page.getByLabel('New password').fill('seven other arches');
		await page.getByRole('button', { name: 'Set new password' }).click();
		await expect(page.getByLabel('Code')).toHaveAccessibleDescription(/code is wrong/);
		await page.getByLabel('Code').fill(`${code.slice(0, 3)} ${code.slice(3)}`);
		await page.getByRole('button', { name: 'Continue' }).click();
		await page.getByLabel('New password').fill(PASSWORD);
		await page.getByRole('button', { name: 'Set new password' }).click();
		await expect(page.getByLabel('New password')).toHaveAccessibleDescription(/your password already/);
		await page.getByLabel('New password').fill('seven other arches');
		await page.getByRole('button', { name: 'Set new password' }).click();
		await expect(page).toHaveURL(/\/entities/);
	});

	test('asking for a code says the same for an unknown e-mail', async ({ page }) => {
		const email = newEmail();
		await page.goto('/reset');
		await page.getByLabel('Email').fill(email);
		await page.getByRole('button', { name: 'Send code' }).click();
		await expect(page.getByText(`npm run reset-code -- ${email}`)).toBeVisible();
	});

	test('the e-mail changes with the current password and a code', async ({ page, readCode }) => {
		await createAccount(page);
		const next = newEmail();
		await page.goto('/settings');
		await page.getByRole('button', { name: 'Change email' }).click();
		await page.getByLabel('New email').fill(next);
		await page.getByLabel('Current password').fill('not the password');
		await page.getByRole('button', { name: 'Change email' }).click();
		await expect(page.getByLabel('Current password')).toHaveAccessibleDescription(/not your current password/);
		await page.getByLabel('Current password').fill(PASSWORD);
		await page.getByRole('button', { name: 'Change email' }).click();
		await expect(page.getByLabel('Code')).toBeVisible();
		await page.getByLabel('Code').fill(readCode(next));
		await page.getByRole('button', { name: 'Confirm' }).click();
		await expect(page.getByRole('main').getByText(next)).toBeVisible();
		await page.getByRole('button', { name: 'Sign out' }).first().click();
		await expect(page).toHaveURL(/\/sign-in/);
		await signIn(page, next, PASSWORD);
		await expect(page).toHaveURL(/\/entities/);
	});

	test('the password changes with the current one, and the old one is worth nothing', async ({ page }) => {
		const { email } = await createAccount(page);
		await page.goto('/settings');
		await page.getByRole('button', { name: 'Change password' }).click();
		await page.getByLabel('Current password').fill('not the password');
		await page.getByLabel('New password').fill('seven other arches');
		await page.getByRole('button', { name: 'Change password' }).click();
		await expect(page.getByLabel('Current password')).toHaveAccessibleDescription(/not your current password/);
		await page.getByLabel('Current password').fill(PASSWORD);
		await page.getByRole('button', { name: 'Change password' }).click();
		await expect(page.getByText('Password changed.')).toBeVisible();
		await page.reload();
		await expect(page, 'this device stays signed in').toHaveURL('/settings');
		await page.getByRole('button', { name: 'Sign out' }).first().click();
		await expect(page).toHaveURL(/\/sign-in/);
		await signIn(page, email, PASSWORD);
		await expect(page.getByRole('alert')).toBeVisible();
		await signIn(page, email, 'seven other arches');
		await expect(page).toHaveURL(/\/entities/);
	});

	test('axe finds nothing in the settings, with every form open', async ({ page }) => {
		await createAccount(page);
		await page.goto('/settings');
		await page.getByRole('button', { name: 'Change email' }).click();
		await expect(page.getByLabel('New email'), 'the focus goes along').toBeFocused();
		await page.getByRole('button', { name: 'Change password' }).click();
		await expect(page.getByLabel('Current password').last()).toBeFocused();
		await expectNoFindingsInBoth(page);
		await page.getByRole('button', { name: 'Cancel' }).last().click();
		await expect(page.getByRole('button', { name: 'Change password' }), 'and comes back').toBeFocused();
	});

	test('an address that names another site is not followed after signing in', async ({ page }) => {
		await createAccount(page);
		await page.goto('/sign-in?next=%2F%5Cexample.org%2Fentities');
		await expect(page).toHaveURL(/^http:\/\/localhost:\d+\/entities/);
	});
});

/** The newest code, or nothing while it is on its way. */
function codeOrNothing(readCode: (email: string) => string, email: string): string {
	try {
		return readCode(email);
	} catch {
		return '';
	}
}
