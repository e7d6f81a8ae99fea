// Row 27 of the attacks: a PIN is guessed, in two tabs, after loading anew, and from a copy of the browser's profile.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { signIn } from '../stage/newcomer.ts';
import { atSecurity } from './at-home.ts';
import { changePassword, unlock } from './encryption-steps.ts';
import { openProfile } from './open-profile.ts';
import { setPin, tryPin } from './pin-steps.ts';

const pageOf = async (browser: BrowserContext): Promise<Page> => browser.pages()[0] ?? (await browser.newPage());
const RIGHT = '271828';

test(
	'tries from tabs, reloads and a copied profile add up to five; then no PIN opens, and the server still has everything',
	{ tag: '@long' },
	async ({}, info) => {
		test.setTimeout(240_000);
		const folder = await mkdtemp(join(tmpdir(), 'arca-pin-'));
		const [own, copied] = [join(folder, 'own'), join(folder, 'copied')];
		const open: BrowserContext[] = [];
		const opened = async (profile: string): Promise<BrowserContext> => {
			const browser = await openProfile(profile, info);
			open.push(browser);
			return browser;
		};
		const close = async () => {
			for (const browser of open.splice(0)) await browser.close();
		};
		try {
			const browser = await opened(own);
			const page = await pageOf(browser);
			const { person, entity, phrase } = await atSecurity(page, process.env.ARCA_E2E_URL);
			const list = `/${entity}/health/condition`;
			await page.goto(`${list}/new`);
			await unlock(page, phrase);
			await page.getByLabel('Name', { exact: true }).fill('Migraine');
			await page.getByRole('main').getByRole('button', { name: 'Save', exact: true }).click();
			await expect(page.getByText('Migraine').first()).toBeVisible();
			await page.goto('/settings/security');
			await unlock(page, phrase);
			await setPin(page, RIGHT);

			await page.goto(list);
			await tryPin(page, RIGHT);
			await expect(page.getByText('Migraine').first()).toBeVisible({ timeout: 30_000 });

			await page.goto(list);
			await tryPin(page, '314159');
			await expect(page.getByText('The PIN is wrong. 4 tries are left.')).toBeVisible({ timeout: 30_000 });
			const tab = await browser.newPage();
			await tab.goto(list);
			await tryPin(tab, '314160');
			await expect(tab.getByText('3 tries are left')).toBeVisible({ timeout: 30_000 });
			await page.reload();
			await tryPin(page, '314161');
			await expect(page.getByText('2 tries are left')).toBeVisible({ timeout: 30_000 });
			await close();
			await cp(own, copied, { recursive: true });

			const thief = await pageOf(await opened(copied));
			await thief.goto(list);
			await tryPin(thief, '314162');
			await expect(thief.getByText('One try is left')).toBeVisible({ timeout: 30_000 });
			await tryPin(thief, '314163');
			await expect(thief.getByText('This device was signed out')).toBeVisible({ timeout: 30_000 });
			await close();

			const again = await pageOf(await opened(own));
			await again.goto(list);
			await expect(again.getByText('This device was signed out')).toBeVisible({ timeout: 30_000 });
			await expect(again.getByText('Migraine')).toHaveCount(0);
			await signIn(again, person, list, process.env.ARCA_E2E_URL);
			await unlock(again, phrase);
			await expect(again.getByText('Migraine').first()).toBeVisible({ timeout: 30_000 });
		} finally {
			await close();
			await rm(folder, { recursive: true, force: true });
		}
	}
);

test('a PIN is 6 to 12 digits that are not easily guessed, needs the network, and gives way to the password', async ({
	page,
	baseURL
}) => {
	test.setTimeout(120_000);
	const { phrase } = await atSecurity(page, baseURL);
	const lock = page.getByRole('region', { name: 'PIN' });
	await lock.getByRole('button', { name: 'Set a PIN' }).click();
	const [first, second] = [lock.getByLabel('New PIN'), lock.getByLabel('Type it again')];
	await expect(first).toBeFocused();
	await expect(first).toHaveAttribute('inputmode', 'numeric');
	await expect(first).toHaveAttribute('autocomplete', 'off');
	for (const [typed, again, said] of [
		['12345', '12345', 'Type 6 to 12 digits.'],
		['123456', '123456', 'This one would be among the first'],
		[RIGHT, '271829', 'The two are not the same.']
	] as const) {
		await first.fill(typed);
		await second.fill(again);
		await lock.getByRole('button', { name: 'Set a PIN' }).click();
		await expect(lock.getByText(said)).toBeVisible();
	}
	await second.fill(RIGHT);
	await lock.getByRole('button', { name: 'Set a PIN' }).click();
	await expect(lock.getByRole('button', { name: 'Change the PIN' })).toBeFocused({ timeout: 30_000 });

	await page.reload();
	await expect(page.getByLabel('PIN', { exact: true })).toBeFocused();
	await page.route('**/api/keys/pin', (route) => route.abort());
	await tryPin(page, RIGHT);
	await expect(page.getByText('The PIN needs the network')).toBeVisible({ timeout: 30_000 });
	await page.getByRole('button', { name: 'Use the encryption password' }).click();
	await unlock(page, phrase);
	await page.unroute('**/api/keys/pin');
	await lock.getByRole('button', { name: 'Remove the PIN' }).click();
	await expect(lock.getByRole('button', { name: 'Set a PIN' })).toBeFocused();
	await page.reload();
	await unlock(page, phrase);
	await expect(lock.getByRole('button', { name: 'Set a PIN' })).toBeVisible();
});

test(
	'a change of the encryption password ends the PIN, which is told; a key that was kept openly before is told of too',
	{ tag: '@long' },
	async ({ page, baseURL }) => {
		test.setTimeout(120_000);
		const { person, entity } = await atSecurity(page, baseURL);
		const lock = page.getByRole('region', { name: 'PIN' });
		await page.getByRole('button', { name: 'Keep the key here' }).click();
		await page.getByRole('alertdialog').getByRole('button', { name: 'Keep the key here' }).click();
		await expect(page.getByText('The key is kept here')).toBeVisible();
		await lock.getByRole('button', { name: 'Set a PIN' }).click();
		await expect(lock.getByText('The key was kept here before')).toBeVisible();
		await lock.getByRole('button', { name: 'Cancel' }).click();
		await setPin(page, RIGHT);
		await expect(page.getByText('The key is kept here')).toHaveCount(0);
		const { phrase: next } = await changePassword(page, person.password);
		await expect(lock.getByText('The PIN of this device opens nothing any more')).toBeVisible();
		await setPin(page, RIGHT);

		const problem = { type: '/problems/keys/no-pin', title: 'This session has no PIN', status: 409 };
		await page.route('**/api/keys/pin', (route) => route.fulfill({ status: 409, json: problem }));
		await page.goto(`/${entity}`);
		await tryPin(page, RIGHT);
		await expect(page.getByText('The PIN of this device opens nothing any more')).toBeVisible({ timeout: 30_000 });
		await unlock(page, next);
		await expect(page.getByRole('heading', { name: 'Casa Ribera', exact: true })).toBeVisible({ timeout: 30_000 });
		await expect(page.getByText('The PIN of this device opens nothing any more')).toBeVisible();
	}
);
