import type { Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { expectNoFindingsInBoth } from '../stage/looks.ts';
import { startMailServer } from '../stage/mail-server.ts';
import type { MailServer } from '../stage/mail-server.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { newEmail, PASSWORD, signIn } from './door-steps.ts';

let mail: MailServer;
let server: TestServer;

test.beforeAll(async () => {
	mail = await startMailServer();
	server = await startServer({ env: { ...raisedLimits, ARCA_SMTP_URL: mail.url } });
});
test.afterAll(async () => {
	await server.stop();
	await mail.stop();
});

async function askForAccount(page: Page, email: string): Promise<void> {
	await page.goto(`${server.url}/create-account`);
	await page.getByLabel('Email').fill(email);
	await page.getByLabel('Password').fill(PASSWORD);
	await page.getByRole('button', { name: 'Create account' }).click();
	await expect(page.getByRole('heading', { name: 'Confirm your email' })).toBeVisible();
}

/** The code of the next mail, and one that it is not. */
async function nextCode(email: string): Promise<{ right: string; wrong: string }> {
	const { to, text } = await mail.next();
	expect(to).toBe(email);
	const right = /Subject: Arca: (\d{6})/.exec(text)?.[1] ?? '';
	return { right, wrong: right === '111111' ? '222222' : '111111' };
}

test.describe('where mail is set up', () => {
	test('a wrong code is refused, the right one opens the account, and the password signs in', async ({ page }) => {
		const email = newEmail();
		await askForAccount(page, email);
		const { right, wrong } = await nextCode(email);
		await expect(page.getByLabel('Code'), 'the page waits for it').toBeFocused();
		await page.getByLabel('Code').fill(wrong);
		await page.getByRole('button', { name: 'Confirm' }).click();
		await expect(page.getByLabel('Code')).toHaveAccessibleDescription(/code is wrong/);
		await expect(page.getByLabel('Code')).toBeFocused();
		await expectNoFindingsInBoth(page);
		await page.getByLabel('Code').fill(`${right.slice(0, 3)} ${right.slice(3)}`);
		await page.getByLabel('Code').press('Enter');
		await expect(page).toHaveURL(/\/entities/);
		await page.goto(`${server.url}/settings`);
		await page.getByRole('button', { name: 'Sign out' }).first().click();
		await expect(page).toHaveURL(/\/sign-in/);
		await signIn(page, email, PASSWORD);
		await expect(page).toHaveURL(/\/entities/);
	});

	test('another code can be sent, after which the one before is worth nothing', async ({ page }) => {
		const email = newEmail();
		await askForAccount(page, email);
		const { right: before } = await nextCode(email);
		await page.getByRole('button', { name: 'Send another code' }).click();
		await expect(page.getByText('Another mail is on its way')).toBeVisible();
		const { right } = await nextCode(email);
		await page.getByLabel('Code').fill(before);
		await page.getByRole('button', { name: 'Confirm' }).click();
		await expect(page.getByLabel('Code')).toHaveAccessibleDescription(/code is wrong/);
		await page.getByLabel('Code').fill(right);
		await page.getByRole('button', { name: 'Confirm' }).click();
		await expect(page).toHaveURL(/\/entities/);
	});

	test('says that a sign-up is over where another code cannot be sent any more', async ({ page, context }) => {
		await askForAccount(page, newEmail());
		await mail.next();
		// As after the hour: the browser no longer holds what the sign-up goes by.
		await context.clearCookies();
		await page.getByRole('button', { name: 'Send another code' }).click();
		await expect(page.getByRole('alert')).toContainText('no longer waits for a code');
		await expect(page.getByText('Another mail is on its way')).toBeHidden();
		await page.getByRole('button', { name: 'Use another email' }).click();
		await expect(page.getByRole('button', { name: 'Create account' })).toBeVisible();
	});

	test('an address that has an account gets the same page, and a mail that says so', async ({ page, context }) => {
		const email = newEmail();
		await askForAccount(page, email);
		await page.getByLabel('Code').fill((await nextCode(email)).right);
		await page.getByRole('button', { name: 'Confirm' }).click();
		await expect(page).toHaveURL(/\/entities/);
		const seen: string[] = [];
		for (const who of [email, newEmail()]) {
			const stranger = await context.browser()?.newContext({ locale: 'en-GB' });
			if (!stranger) throw new Error('no browser');
			const other = await stranger.newPage();
			await askForAccount(other, who);
			seen.push((await other.getByRole('main').innerText()).replaceAll(who, 'who'));
			await stranger.close();
		}
		expect(seen[0]).toBe(seen[1]);
		expect((await mail.next()).text).toContain('you have an account');
		expect((await mail.next()).text).toMatch(/Arca: \d{6}/);
	});

	test('the sign-in page leads whoever has the password to the code', async ({ page }) => {
		const email = newEmail();
		await askForAccount(page, email);
		const { right } = await nextCode(email);
		await page.goto(`${server.url}/sign-in`);
		await signIn(page, email, 'not the password');
		await expect(page.getByRole('alert')).toContainText('do not match an account');
		await signIn(page, email, PASSWORD);
		await expect(page.getByRole('heading', { name: 'Confirm your email' })).toBeVisible();
		await page.getByRole('button', { name: 'Use another email' }).click();
		await expect(page.getByLabel('Email'), 'what was typed stays').toHaveValue(email);
		await signIn(page, email, PASSWORD);
		await page.getByLabel('Code').fill(right);
		await page.getByRole('button', { name: 'Confirm' }).click();
		await expect(page).toHaveURL(/\/entities/);
	});
});

test.describe('where mail is set up, in Spanish', () => {
	test.use({ locale: 'es-ES', viewport: { width: 390, height: 844 } });

	test('the code is asked for and refused in Spanish, and opens the account', async ({ page }) => {
		const email = newEmail();
		await page.goto(`${server.url}/create-account`);
		await page.getByLabel('Correo electrónico').fill(email);
		await page.getByLabel('Contraseña').fill(PASSWORD);
		await page.getByRole('button', { name: 'Crear cuenta' }).click();
		await expect(page.getByRole('heading', { name: 'Confirma tu correo' })).toBeVisible();
		const { right, wrong } = await nextCode(email);
		await page.getByLabel('Código').fill(wrong);
		await page.getByRole('button', { name: 'Confirmar' }).click();
		await expect(page.getByLabel('Código')).toHaveAccessibleDescription(/código/);
		await page.getByRole('button', { name: 'Enviar otro código' }).click();
		await expect(page.getByText('Otro correo está en camino')).toBeVisible();
		const { right: next } = await nextCode(email);
		expect(next, 'one in a million').not.toBe(right);
		await page.getByLabel('Código').fill(next);
		await page.getByRole('button', { name: 'Confirmar' }).click();
		await expect(page).toHaveURL(/\/entities/);
	});
});
