import type { Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { signIn } from '../stage/newcomer.ts';
import { atHome } from './at-home.ts';
import { keepCode, turnOnEncryption, unlock } from './encryption-steps.ts';

const SIGN_IN = 'six quiet words 4 Ana!';
const waits = (page: Page) =>
	page.getByRole('heading', { name: 'One change on this device waits under your earlier password' });

/** Changes the encryption password on the page of Security; gives the new one. */
async function changePassword(page: Page): Promise<string> {
	await page.getByRole('link', { name: 'Change encryption password' }).click();
	await page.getByLabel('Your sign-in password').fill(SIGN_IN);
	const offered = page.getByRole('status', { name: 'Your phrase' });
	await expect(offered).toHaveText(/\w-\w/);
	const next = (await offered.textContent())?.trim() ?? '';
	await page.getByLabel('Type it again').fill(next);
	await page.getByRole('button', { name: 'Change encryption password' }).click();
	await keepCode(page);
	await expect(page.getByText(/Under your key, number 2, since/)).toBeVisible({ timeout: 30_000 });
	return next;
}

async function openEarlier(page: Page, password: string): Promise<void> {
	await page.getByLabel('Earlier encryption password').fill(password);
	await page.getByRole('button', { name: 'Open what waits' }).click();
}

test('what a phone had not sent when the password was changed is asked for by the one before, and arrives', async ({
	page,
	browser,
	baseURL
}) => {
	const { entity, person } = await atHome(page, baseURL);
	const { phrase } = await turnOnEncryption(page);
	const phone = await (await browser.newContext({ baseURL })).newPage();
	await signIn(phone, person);
	await unlock(phone, phrase);
	await phone.waitForURL(/[0-9a-f-]{36}|entities/);
	await phone.goto(`/${entity}/health/condition/new`);
	await unlock(phone, phrase);
	await expect(phone.getByLabel('Name', { exact: true })).toBeVisible({ timeout: 60_000 });
	await phone.route(/\/(?:api|supabase)\//, (route) => route.abort());
	await phone.getByLabel('Name', { exact: true }).fill('Migraine');
	await phone.getByRole('main').getByRole('button', { name: 'Save', exact: true }).click();
	await expect(phone.getByRole('link', { name: 'Offline, 1 change waiting' })).toBeVisible({ timeout: 60_000 });

	const next = await changePassword(page);
	await phone.unrouteAll();
	await phone.goto(`/${entity}/health/condition`);
	await unlock(phone, next);
	await expect(waits(phone)).toBeVisible({ timeout: 60_000 });
	await openEarlier(phone, next);
	await expect(phone.getByText('This is not the password it waits under.')).toBeVisible({ timeout: 60_000 });
	await phone.getByRole('button', { name: 'Later' }).click();
	await expect(phone).toHaveURL(new RegExp(`/${entity}/health/condition$`));

	await phone.getByRole('link', { name: 'Settings' }).first().click();
	await phone.getByRole('link', { name: /^Security/ }).click();
	await expect(waits(phone), 'it goes on waiting, and says so').toBeVisible();
	await openEarlier(phone, phrase);
	await expect(waits(phone)).toHaveCount(0, { timeout: 60_000 });

	await page.goto(`/${entity}/health/condition`);
	await unlock(page, next);
	await expect(page.getByText('Migraine').first()).toBeVisible({ timeout: 60_000 });
	await phone.context().close();
});

test('a page that is open when the password is changed elsewhere asks for the new one', async ({
	page,
	browser,
	baseURL
}) => {
	const { entity, person } = await atHome(page, baseURL);
	const { phrase } = await turnOnEncryption(page);
	const phone = await (await browser.newContext({ baseURL })).newPage();
	await signIn(phone, person);
	await unlock(phone, phrase);
	await phone.waitForURL(/[0-9a-f-]{36}|entities/);
	await phone.goto(`/${entity}/health/condition/new`);
	await unlock(phone, phrase);
	await expect(phone.getByLabel('Name', { exact: true })).toBeVisible({ timeout: 60_000 });
	const next = await changePassword(page);
	await phone.getByLabel('Name', { exact: true }).fill('Migraine');
	await phone.getByRole('main').getByRole('button', { name: 'Save', exact: true }).click();
	await expect(phone.getByRole('heading', { name: 'Unlock' })).toBeVisible({ timeout: 60_000 });
	await unlock(phone, next);
	await expect(waits(phone)).toBeVisible({ timeout: 60_000 });
	await openEarlier(phone, phrase);
	await page.goto(`/${entity}/health/condition`);
	await unlock(page, next);
	await expect(page.getByText('Migraine').first()).toBeVisible({ timeout: 60_000 });
	await phone.context().close();
});
