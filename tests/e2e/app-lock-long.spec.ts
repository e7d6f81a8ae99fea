import type { Page } from '@playwright/test';
import { expect } from '../stage/browser-test.ts';
import { test } from '../stage/front-test.ts';
import { atSecurity } from './at-home.ts';
import { unlock } from './encryption-steps.ts';
import { withAuthenticator } from './virtual-authenticator.ts';
import { row } from './with-files.ts';

const on = (page: Page) => page.getByRole('button', { name: 'Turn on fingerprint or face' });
const off = (page: Page) => page.getByRole('button', { name: 'Turn off fingerprint or face' });
const locked = (page: Page) => page.getByRole('heading', { name: 'Unlock' });
const refused = (page: Page) => page.getByText('did not confirm that it is you');

async function turnOn(page: Page): Promise<void> {
	await on(page).click();
	await expect(off(page)).toBeVisible({ timeout: 30_000 });
}

test.describe('as it is installed', () => {
	test.use({ serviceWorkers: 'allow' });

	test('a fingerprint opens the vault without a server and a network, and nobody else’s does', async ({
		page,
		context,
		front,
		baseURL
	}) => {
		const device = await withAuthenticator(page);
		const { entity, phrase } = await atSecurity(page, baseURL);
		await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
		await turnOn(page);
		await page.goto(`/${entity}`);
		const home = page.getByRole('heading', { name: 'Casa Ribera', exact: true });
		await expect(home).toBeVisible({ timeout: 60_000 });
		await front.stop();
		await context.setOffline(true);
		await page.goto(`/${entity}`);
		await expect(home, 'asked at once').toBeVisible({ timeout: 60_000 });
		await device.verify(false);
		await page.goto(`/${entity}`);
		await expect(refused(page)).toBeVisible({ timeout: 60_000 });
		await page.getByRole('button', { name: 'Use the encryption password' }).click();
		await unlock(page, phrase);
		await expect(home).toBeVisible({ timeout: 60_000 });
	});
});

test('whoever takes Arca from the passkeys of the device opens with the password, and turns it on anew', async ({
	page,
	baseURL
}) => {
	const device = await withAuthenticator(page);
	const { phrase } = await atSecurity(page, baseURL);
	await turnOn(page);
	await device.clear();
	await page.reload();
	await expect(refused(page)).toBeVisible({ timeout: 90_000 });
	await expect(page.getByText('If you removed Arca from this device’s passkeys')).toBeVisible();
	await page.getByRole('button', { name: 'Use the encryption password' }).click();
	await unlock(page, phrase);
	await off(page).click();
	await turnOn(page);
	await page.reload();
	await expect(off(page)).toBeVisible({ timeout: 30_000 });
});

test('a page that slept too long shows nothing when it wakes', async ({ page, baseURL }) => {
	await atSecurity(page, baseURL);
	for (const [minutes, hidden] of [
		[4, false],
		[6, true]
	] as const) {
		const seen = await page.evaluate((slept) => {
			const now = Date.now.bind(Date);
			Date.now = () => now() + slept * 60_000;
			// No timer ran; this is the first that the page hears.
			document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
			const gone = document.documentElement.hidden;
			Date.now = now;
			return gone;
		}, minutes);
		expect(seen, `${minutes} minutes`).toBe(hidden);
	}
	await expect(locked(page)).toBeVisible();
});

test('a lock by hand takes all tabs along, and none of them asks before somebody wants it', async ({
	page,
	context,
	baseURL
}) => {
	await withAuthenticator(page);
	const { phrase } = await atSecurity(page, baseURL);
	await turnOn(page);
	const other = await context.newPage();
	await withAuthenticator(other);
	await other.goto(`${baseURL ?? ''}/settings/security`);
	await expect(refused(other), 'it is not on this one’s authenticator').toBeVisible({ timeout: 90_000 });
	await other.getByRole('button', { name: 'Use the encryption password' }).click();
	await unlock(other, phrase);
	await expect(off(other)).toBeVisible();
	await page.bringToFront();
	await other.keyboard.press('Control+Shift+L');
	for (const tab of [page, other]) {
		await expect(locked(tab)).toBeVisible();
		await expect(tab).toHaveURL(/by=hand/);
		await expect(tab.getByRole('button', { name: 'Use fingerprint or face' })).toBeEnabled();
	}
	await page.getByRole('button', { name: 'Use fingerprint or face' }).click();
	await expect(off(page)).toBeVisible({ timeout: 30_000 });
	await expect(locked(other)).toBeVisible();
});

test('a key worker that is busy is ended at once', async ({ page, baseURL }) => {
	await atSecurity(page, baseURL);
	const keys = () => page.workers().find((worker) => /key/.test(worker.url()));
	const busy = keys();
	expect(busy).toBeDefined();
	void busy
		?.evaluate(() => {
			for (;;);
		})
		.catch(() => undefined);
	const ended = new Promise((resolve) => busy?.on('close', resolve));
	await page.keyboard.press('Control+Shift+L');
	await expect(locked(page)).toBeVisible();
	await ended;
	expect(keys()).toBeUndefined();
});

test('while it is locked nothing is sent, and an upload that the lock cut goes on after it: one file is there', async ({
	page,
	baseURL
}) => {
	await page.clock.install();
	const { entity, phrase } = await atSecurity(page, baseURL);
	const path = `/${entity}/administration/contract/new`;
	await page.goto(path);
	await unlock(page, phrase);
	await page.getByLabel('Name', { exact: true }).fill('Oven');
	await page.getByLabel('With').fill('Ana');
	const isPart = '**/api/contents/*/parts/*';
	await page.route(isPart, () => new Promise(() => undefined));
	await Promise.all([
		page.waitForRequest(isPart),
		page
			.locator('input[type=file][multiple]')
			.setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('Plain words') })
	]);
	await page.keyboard.press('Control+Shift+L');
	await expect(locked(page)).toBeVisible();
	await page.unroute(isPart);
	const sent: string[] = [];
	page.on('request', (request) => sent.push(new URL(request.url()).pathname));
	await page.clock.fastForward('30:00');
	await expect(page.getByRole('button', { name: 'Unlock' })).toBeEnabled();
	expect(sent.filter((one) => /^\/api\/(?:records|contents)/.test(one))).toEqual([]);
	await unlock(page, phrase);
	await expect(page).toHaveURL(path);
	await expect(row(page, 'a.txt')).toBeVisible({ timeout: 60_000 });
	expect(
		sent.filter((one) => /^\/api\/contents\/.*\/parts\//.test(one)),
		'it went on'
	).not.toEqual([]);
	await page.getByRole('button', { name: 'Save', exact: true }).click();
	await page.getByRole('link', { name: 'Oven' }).first().click();
	await expect(row(page, 'a.txt')).toHaveCount(1);
});
