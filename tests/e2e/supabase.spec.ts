import type { Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { startSupabase } from '../stage/supabase.ts';
import type { SupabaseProject } from '../stage/supabase.ts';
import { newEmail, PASSWORD, signIn } from './door-steps.ts';
import { drawnPhoto } from './with-files.ts';

let project: SupabaseProject;
let server: TestServer;

test.beforeAll(async () => {
	project = await startSupabase();
	server = await startServer({ env: project.env });
});
test.afterAll(async () => {
	// Whichever of the two did not start: the other is not left behind.
	try {
		await (server as TestServer | undefined)?.stop();
	} finally {
		await (project as SupabaseProject | undefined)?.stop();
	}
});

async function createAccount(page: Page): Promise<string> {
	const email = newEmail();
	await page.goto(`${server.url}/create-account`);
	await page.getByLabel('Email').fill(email);
	await page.getByLabel('Password').fill(PASSWORD);
	await page.getByRole('button', { name: 'Create account' }).click();
	await page.getByLabel('Code').fill('0000000000');
	await page.getByRole('button', { name: 'Confirm' }).click();
	await expect(page.getByLabel('Code')).toHaveAccessibleDescription(/code is wrong/);
	await page.getByLabel('Code').fill(await project.takeCode(email));
	await page.getByRole('button', { name: 'Confirm' }).click();
	await expect(page).toHaveURL(/\/entities/);
	return email;
}

async function signOut(page: Page): Promise<void> {
	await page.goto(`${server.url}/settings`);
	await page.getByRole('button', { name: 'Sign out' }).first().click();
	await expect(page).toHaveURL(/\/sign-in/);
}

test.describe('on a Supabase project at an origin of its own', () => {
	test('somebody signs up, adds an expense, finds it after a reload, signs out and in again', async ({ page }) => {
		const asked = new Set<string>();
		page.on('request', (request) => {
			const { origin, pathname } = new URL(request.url());
			if (/^\/(?:auth|rest|storage|supabase)\//.test(pathname)) asked.add(origin);
		});
		const email = await createAccount(page);
		await page.getByLabel('Name', { exact: true }).fill('Casa');
		await page.getByRole('button', { name: 'Create' }).click();
		await page.waitForURL(/\/[0-9a-f-]{36}$/);
		const entity = page.url();
		await page.goto(`${entity}/finances/expense/new`);
		await page.getByRole('textbox', { name: 'Amount' }).fill('12.50');
		await page.getByRole('combobox', { name: /^Payee/ }).fill('Kiosk');
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		await expect(page.getByText('Kiosk').first()).toBeVisible();
		await page.goto(`${entity}/finances/expense`);
		await page.reload();
		await expect(page.getByText('Kiosk').first()).toBeVisible();
		const picture = page.getByRole('button', { name: /: switch entity$/ }).locator('img');
		await page.goto(`${server.url}/entities/${new URL(entity).pathname.slice(1)}`);
		const buffer = Buffer.from(await drawnPhoto(page));
		await page.locator('input[type=file]').setInputFiles({ name: 'casa.jpg', mimeType: 'image/jpeg', buffer });
		await expect(picture).toBeVisible();
		await signOut(page);
		await signIn(page, email, 'not the password');
		await expect(page.getByRole('alert')).toContainText('do not match an account');
		await signIn(page, email, PASSWORD);
		await expect(page).toHaveURL(/\/entities/);
		await page.goto(`${entity}/finances/expense`);
		await expect(page.getByText('Kiosk').first()).toBeVisible();
		// Signing out took it from the device: it came by a signed URL.
		await expect(picture).toBeVisible();
		expect([...asked], 'sign-in and storage are the project\u2019s own').toEqual([project.url]);
	});

	test('the e-mail changes with the current password and a code from each of the two addresses', async ({ page }) => {
		const email = await createAccount(page);
		const next = newEmail();
		await page.goto(`${server.url}/settings`);
		await page.getByRole('button', { name: 'Change email' }).click();
		await page.getByLabel('New email').fill(next);
		await page.getByLabel('Current password').fill(PASSWORD);
		await page.getByRole('button', { name: 'Change email' }).click();
		const [old, fresh] = [await project.takeCode(email), await project.takeCode(next)];
		await page.getByLabel('Code').fill('0000000000');
		await page.getByRole('button', { name: 'Confirm' }).click();
		await expect(page.getByLabel('Code')).toHaveAccessibleDescription(/code is wrong/);
		await page.getByLabel('Code').fill(fresh);
		await page.getByRole('button', { name: 'Confirm' }).click();
		await expect(page.getByText('A second code was sent to your other address')).toBeVisible();
		await page.getByLabel('Code').fill(old);
		await page.getByRole('button', { name: 'Confirm' }).click();
		await expect(page.getByRole('main').getByText(next)).toBeVisible();
		await signOut(page);
		await signIn(page, next, PASSWORD);
		await expect(page).toHaveURL(/\/entities/);
	});

	test('a forgotten password is replaced by a mailed code', async ({ page }) => {
		const email = await createAccount(page);
		await signOut(page);
		await page.goto(`${server.url}/reset`);
		await page.getByLabel('Email').fill(email);
		await page.getByRole('button', { name: 'Send code' }).click();
		await page.getByLabel('Code').fill(await project.takeCode(email));
		await page.getByRole('button', { name: 'Continue' }).click();
		await page.getByLabel('New password').fill('seven other arches');
		await page.getByRole('button', { name: 'Set new password' }).click();
		await expect(page).toHaveURL(/\/entities/);
		await signOut(page);
		await signIn(page, email, 'seven other arches');
		await expect(page).toHaveURL(/\/entities/);
	});
});
