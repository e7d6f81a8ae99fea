import { expect, test as base } from '../stage/browser-test.ts';
import { startFront } from '../stage/front.ts';
import type { Front } from '../stage/front.ts';
import { atHome } from './at-home.ts';
import { turnOnEncryption, unlock } from './encryption-steps.ts';
import { bodyOf } from './person-api.ts';

/** A server of the test's own in front of the shared one, and the service worker that the other specs do without. */
const test = base.extend<{ front: Front }>({
	front: async ({}, use) => {
		const front = await startFront(process.env.ARCA_E2E_URL ?? '');
		await use(front);
		await front.stop();
	},
	baseURL: async ({ front }, use) => use(front.url)
});
test.use({ serviceWorkers: 'allow' });

test('without a server and a network the vault is unlocked with what the device keeps, by the right password alone', async ({
	page,
	context,
	front,
	baseURL
}) => {
	const { entity, api } = await atHome(page, baseURL);
	await api.write(entity, [bodyOf('account', { name: 'Purse at home', type: 'cash', currency: 'EUR' })]);
	await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
	const { phrase } = await turnOnEncryption(page);
	await page.getByRole('link', { name: 'Home' }).first().click();
	await expect(page.getByText('Purse at home').first()).toBeVisible();
	await front.stop();
	await context.setOffline(true);
	await page.goto(`/${entity}`);
	await unlock(page, `${phrase}?`);
	await expect(page.getByText('This does not open the vault.')).toBeVisible({ timeout: 60_000 });
	await unlock(page, phrase);
	await expect(page.getByText('Purse at home').first()).toBeVisible({ timeout: 60_000 });
});
