import { createHash, randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { startSignInProvider } from '../stage/sign-in-provider.ts';
import type { SignInProvider } from '../stage/sign-in-provider.ts';
import { startSupabase } from '../stage/supabase.ts';
import type { SupabaseProject } from '../stage/supabase.ts';
import { newEmail, PASSWORD, signIn } from './door-steps.ts';
import { drawnPhoto } from './with-files.ts';

let project: SupabaseProject;
let server: TestServer;
let provider: SignInProvider;

test.beforeAll(async () => {
	provider = await startSignInProvider();
	project = await startSupabase('answers', provider.url);
	server = await startServer({ env: project.env });
});
test.afterAll(async () => {
	// Whichever of the two did not start: the other is not left behind.
	try {
		await (server as TestServer | undefined)?.stop();
	} finally {
		await (project as SupabaseProject | undefined)?.stop();
		await (provider as SignInProvider | undefined)?.stop();
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

/** The code that a sign-in with the provider leads back with, asked for beside the browser. @param secret that of PKCE */
async function codeFor(secret: string): Promise<string> {
	const challenge = createHash('sha256').update(secret).digest('base64url');
	const asked = { provider: 'github', redirect_to: `${server.url}/sign-in`, code_challenge: challenge };
	let at = `${project.url}/auth/v1/authorize?${new URLSearchParams({ ...asked, code_challenge_method: 's256' }).toString()}`;
	while (!at.startsWith(server.url))
		at = (await fetch(at, { redirect: 'manual' })).headers.get('location') ?? server.url;
	return new URL(at).searchParams.get('code') ?? '';
}

async function signOut(page: Page): Promise<void> {
	await page.goto(`${server.url}/settings`);
	await page.getByRole('button', { name: 'Sign out' }).first().click();
	await expect(page).toHaveURL(/\/sign-in/);
}

test.describe('on a Supabase project at an origin of its own', () => {
	test('somebody signs in with a provider, and no site can sign them in as somebody else', async ({ page }) => {
		const button = (tab: Page) => tab.getByRole('button', { name: 'Continue with GitHub' });
		await page.goto(`${server.url}/sign-in?next=%2Fsettings`);
		await expect(button(page)).toBeVisible();
		await expect(page.getByRole('button', { name: 'Continue with Google' })).toHaveCount(0);
		await button(page).click();
		await expect(page).toHaveURL(`${server.url}/settings`);
		await expect(page.getByText('You sign in with GitHub.')).toBeVisible();
		await expect(page.getByText('ana@example.org').first()).toBeVisible();
		expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toMatch(/eyJ/);
		await signOut(page);

		// A thief signs in as themselves elsewhere, and puts the code of that into an address of this site.
		Object.assign(provider.person, { id: 2, login: 'thief', email: 'thief@example.org' });
		const secret = randomBytes(32).toString('base64url');
		const code = await codeFor(secret);
		const refusal = page.getByRole('alert');
		await page.goto(`${server.url}/sign-in?code=${code}`);
		await expect(refusal, 'without a sign-in under way here').toContainText('did not work');
		await expect(page).toHaveURL(`${server.url}/sign-in`);
		await page.route('**/auth/v1/authorize**', (route) => route.fulfill({ body: 'waits' }));
		await button(page).click();
		await expect(page.getByText('waits')).toBeVisible();
		await page.goto(`${server.url}/sign-in?code=${code}`);
		await expect(refusal, 'and with one').toContainText('did not work');
		await page.goto(`${server.url}/settings`);
		await expect(page).toHaveURL(/\/sign-in/);
		const headers = { apikey: project.env.SUPABASE_PUBLISHABLE_KEY ?? '', 'content-type': 'application/json' };
		const body = JSON.stringify({ auth_code: code, code_verifier: secret });
		const token = `${project.url}/auth/v1/token?grant_type=pkce`;
		expect((await fetch(token, { method: 'POST', headers, body })).status, 'whoever has its secret').toBe(200);
	});

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
