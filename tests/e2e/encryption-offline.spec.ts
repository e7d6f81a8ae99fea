import { expect } from '../stage/browser-test.ts';
import { test } from '../stage/front-test.ts';
import { atHome } from './at-home.ts';
import { turnOnEncryption, unlock } from './encryption-steps.ts';
import { bodyOf } from './person-api.ts';

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
