import type { Page } from '@playwright/test';
import { expect, test as base } from '../stage/browser-test.ts';
import { signIn } from '../stage/newcomer.ts';
import { atHome } from './at-home.ts';
import { changePassword, turnOnEncryption, unlock } from './encryption-steps.ts';

const waits = (page: Page) =>
	page.getByRole('heading', { name: 'One change on this device waits under your earlier password' });

/** The same person at two devices; what was kept when user encryption was turned on, and a change of the password. */
interface TwoDevices {
	entity: string;
	first: { phrase: string; code: string };
	/** Another device, unlocked, on which a condition is being written. */
	phone: Page;
	/** Changes the password on `page`; gives the new one. */
	change: () => Promise<string>;
}

const test = base.extend<{ two: TwoDevices }>({
	two: async ({ page, browser, baseURL }, use) => {
		const { entity, person } = await atHome(page, baseURL);
		const first = await turnOnEncryption(page);
		const context = await browser.newContext({ baseURL });
		const phone = await context.newPage();
		await signIn(phone, person);
		await unlock(phone, first.phrase);
		await phone.waitForURL(/[0-9a-f-]{36}|entities/);
		await phone.goto(`/${entity}/health/condition/new`);
		await unlock(phone, first.phrase);
		await expect(phone.getByLabel('Name', { exact: true })).toBeVisible({ timeout: 60_000 });
		const change = async () => (await changePassword(page, person.password)).phrase;
		await use({ entity, first, phone, change });
		await context.close();
	}
});

async function writeMigraine(phone: Page): Promise<void> {
	await phone.getByLabel('Name', { exact: true }).fill('Migraine');
	await phone.getByRole('main').getByRole('button', { name: 'Save', exact: true }).click();
}

/** Writes it while there is no network, and the password is changed elsewhere; gives the new one, typed on the phone. */
async function unlockedWithNext({ entity, phone, change }: TwoDevices): Promise<string> {
	await phone.route(/\/(?:api|supabase)\//, (route) => route.abort());
	await writeMigraine(phone);
	await expect(phone.getByRole('link', { name: 'Offline, 1 change waiting' })).toBeVisible({ timeout: 60_000 });
	const next = await change();
	await phone.unrouteAll();
	await phone.goto(`/${entity}/health/condition`);
	await unlock(phone, next);
	await expect(waits(phone)).toBeVisible({ timeout: 60_000 });
	return next;
}

async function openEarlier(page: Page, password: string): Promise<void> {
	await page.getByLabel('Earlier encryption password').fill(password);
	await page.getByRole('button', { name: 'Open what waits' }).click();
}

async function expectToArrive(page: Page, { entity }: TwoDevices, password: string): Promise<void> {
	await page.goto(`/${entity}/health/condition`);
	await unlock(page, password);
	await expect(page.getByText('Migraine').first()).toBeVisible({ timeout: 60_000 });
}

test('what a phone had not sent when the password was changed is asked for by the one before, and arrives', async ({
	page,
	two
}) => {
	const { entity, first, phone } = two;
	const next = await unlockedWithNext(two);
	await openEarlier(phone, next);
	await expect(phone.getByText('This is not the password it waits under.')).toBeVisible({ timeout: 60_000 });
	await phone.getByRole('button', { name: 'Later' }).click();
	await expect(phone).toHaveURL(new RegExp(`/${entity}/health/condition$`));
	await phone.getByRole('link', { name: 'Settings' }).first().click();
	await phone.getByRole('link', { name: /^Security/ }).click();
	await expect(waits(phone), 'it goes on waiting, and says so').toBeVisible();
	await openEarlier(phone, first.phrase);
	await expect(waits(phone)).toHaveCount(0, { timeout: 60_000 });
	await expectToArrive(page, two, next);
});

test('who forgot the password before opens it with the recovery code of then', async ({ page, two }) => {
	const { first, phone } = two;
	const next = await unlockedWithNext(two);
	await phone.getByRole('button', { name: 'Use the earlier code' }).click();
	const code = phone.getByLabel('Earlier recovery code');
	await expect(code).toBeFocused();
	await code.fill(`${first.code}0`);
	await phone.getByRole('button', { name: 'Open what waits' }).click();
	await expect(phone.getByText('There is a typing error in the code.')).toBeVisible();
	await code.fill(first.code);
	await phone.getByRole('button', { name: 'Open what waits' }).click();
	await expect(waits(phone)).toHaveCount(0, { timeout: 60_000 });
	await expectToArrive(page, two, next);
});

test('a page that is open when the password is changed elsewhere says so, and asks for the new one', async ({
	page,
	two
}) => {
	const { first, phone, change } = two;
	const next = await change();
	await writeMigraine(phone);
	await expect(phone.getByRole('heading', { name: 'Unlock' })).toBeVisible({ timeout: 60_000 });
	const why = phone.getByText('The encryption password was changed on another device');
	await expect(why).toBeVisible();
	await unlock(phone, next);
	await expect(waits(phone)).toBeVisible({ timeout: 60_000 });
	await openEarlier(phone, first.phrase);
	await expectToArrive(page, two, next);
	await phone.reload();
	await expect(phone.getByRole('heading', { name: 'Unlock' })).toBeVisible();
	await expect(why, 'it is known by then').toHaveCount(0);
});

test('a second tab of the browser that changed the password locks, and says why', async ({ page, two }) => {
	const { entity, first, change } = two;
	const tab = await page.context().newPage();
	await tab.goto(`/${entity}/health/condition/new`);
	await unlock(tab, first.phrase);
	await expect(tab.getByLabel('Name', { exact: true })).toBeVisible({ timeout: 60_000 });
	const next = await change();
	await writeMigraine(tab);
	const why = tab.getByText('The encryption password was changed on another device or in another tab');
	await expect(why).toBeVisible({ timeout: 60_000 });
	await unlock(tab, next);
	await expect(tab.getByRole('heading', { name: 'Unlock' })).toHaveCount(0, { timeout: 60_000 });
	await tab.reload();
	await expect(tab.getByRole('heading', { name: 'Unlock' })).toBeVisible();
	await expect(why, 'it is known by then').toHaveCount(0);
});
