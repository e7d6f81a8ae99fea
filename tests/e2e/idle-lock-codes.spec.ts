import type { Page } from '@playwright/test';
import type { KeysAnswer, PutKeys } from '../../src/lib/api/keys.ts';
import { expect, test } from '../stage/browser-test.ts';
import { atSecurity } from './at-home.ts';
import { chooseOffered, showDueReset, unlock } from './encryption-steps.ts';

const open = (page: Page) => page.getByRole('button', { name: 'Lock now' }).first();
const locked = (page: Page) => page.getByRole('heading', { name: 'Unlock' });

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
