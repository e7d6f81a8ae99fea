import type { Page } from '@playwright/test';
import type { KeysAnswer, PutKeys } from '../../src/lib/api/keys.ts';
import { expect, test } from '../stage/browser-test.ts';
import { atHome, atSecurity } from './at-home.ts';
import { chooseOffered, showDueReset, unlock } from './encryption-steps.ts';

const open = (page: Page) => page.getByRole('button', { name: 'Lock now' }).first();
const locked = (page: Page) => page.getByRole('heading', { name: 'Unlock' });

test('a vault that nobody uses locks itself after the minutes that were chosen, and use begins them anew', async ({
	page,
	baseURL
}) => {
	await page.clock.install();
	const { phrase } = await atSecurity(page, baseURL);
	await page.clock.fastForward('04:30');
	await page.keyboard.press('Shift');
	await page.clock.fastForward('04:30');
	await expect(open(page)).toBeVisible();
	await page.clock.fastForward('00:31');
	await expect(locked(page)).toBeVisible();
	await unlock(page, phrase);
	await page.getByLabel(/Lock when nobody uses Arca/).selectOption({ label: '60 minutes' });
	await page.clock.fastForward('50:00');
	await expect(open(page)).toBeVisible();
	await page.clock.fastForward('10:01');
	await expect(locked(page)).toBeVisible();
});

test('a wall clock that is set forward or back gives nobody more time', async ({ page, baseURL }) => {
	await page.clock.install();
	const { phrase } = await atSecurity(page, baseURL);
	for (const jump of [6, -6]) {
		await expect(open(page)).toBeVisible();
		const now = await page.evaluate(() => Date.now());
		await page.clock.setSystemTime(now + jump * 60_000);
		await expect(locked(page), `${jump} minutes`).toBeVisible();
		await unlock(page, phrase);
	}
});

test('a draft that was being typed when the vault locked itself is there after unlocking', async ({
	page,
	baseURL
}) => {
	await page.clock.install();
	const { entity, phrase } = await atSecurity(page, baseURL);
	await page.goto(`/${entity}/finances/account/new`);
	await unlock(page, phrase);
	await page.getByLabel('Name', { exact: true }).fill('Half a purse');
	await page.clock.fastForward('05:01');
	await expect(locked(page)).toBeVisible();
	await unlock(page, phrase);
	await expect(page).toHaveURL(`/${entity}/finances/account/new`);
	await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Half a purse');
});

test('an account without user encryption has no lock', async ({ page, baseURL }) => {
	await page.clock.install();
	await atHome(page, baseURL);
	await page.goto('/settings');
	await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
	await expect(open(page)).toHaveCount(0);
	await page.clock.fastForward('59:00');
	await page.keyboard.press('Control+Shift+L');
	await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
});

test('a vault that was opened by the code is guarded before anything else is done', async ({ page, baseURL }) => {
	await page.clock.install();
	const { phrase, code } = await atSecurity(page, baseURL);
	const openByCode = async (): Promise<void> => {
		await page.getByRole('button', { name: 'Use the recovery code' }).click();
		await page.getByLabel('Recovery code').fill(code);
		await page.getByRole('button', { name: 'Unlock' }).click();
		await expect(opened).toBeVisible();
	};
	const opened = page.getByRole('heading', { name: 'Your vault is open' });
	await page.goto('/unlock?next=/settings/security');
	await openByCode();
	await page.clock.fastForward('05:01');
	await expect(locked(page)).toBeVisible();
	await expect(page).toHaveURL('/unlock?next=%2Fsettings%2Fsecurity');

	const other = await page.context().newPage();
	await other.goto(`${baseURL ?? ''}/settings/security`);
	await unlock(other, phrase);
	await expect(open(other)).toBeVisible();
	await openByCode();
	await page.keyboard.press('Control+Shift+L');
	for (const tab of [page, other]) await expect(locked(tab)).toBeVisible();
});

test('a new recovery code does not stay on the screen of a reset that nobody sits at', async ({ page, baseURL }) => {
	await page.clock.install();
	const { person } = await atSecurity(page, baseURL);
	await showDueReset(page);
	// The server would wait for a day. What it says then:
	await page.route('**/api/keys', async (route) => {
		if (route.request().method() !== 'PUT') return route.fallback();
		const { version, slots, identity } = route.request().postDataJSON() as PutKeys;
		const taken: KeysAnswer = { version, slots, identity, at: new Date().toISOString(), reset: null };
		await route.fulfill({ json: taken });
	});
	await page.getByLabel('Your sign-in password').fill(person.password);
	await chooseOffered(page);
	await page.getByRole('button', { name: 'Reset now' }).click();
	const code = page.getByText(/^(?:[0-9A-Z]{4}-){8}[0-9A-Z*~$=]$/);
	await expect(code).toBeAttached({ timeout: 60_000 });
	await page.clock.fastForward('05:01');
	await expect(locked(page)).toBeVisible();
	await expect(code).toHaveCount(0);
});
