import type { Page } from '@playwright/test';
import { createAccount, newcomer, signIn } from '../stage/newcomer.ts';
import { expect, test } from '../stage/browser-test.ts';
import { atSecurity } from './at-home.ts';
import { unlock } from './encryption-steps.ts';

const underKey = (page: Page) => page.getByText(/Under your key, number 1/).first();

/** The server says that there are no keys. */
async function denyKeys(page: Page): Promise<void> {
	await page.route('**/api/keys', (route) => route.fulfill({ json: { version: 0 } }));
	const json = { type: '/problems/keys/none', title: 'none', status: 404 };
	await page.route('**/api/bundle', (route) =>
		route.fulfill({ status: 404, contentType: 'application/problem+json', json })
	);
}

test('a vault that was open here once is unlocked without the network, and not by a wrong password', async ({
	page,
	baseURL
}) => {
	const { phrase } = await atSecurity(page, baseURL);
	await page.reload();
	await expect(page.getByRole('heading', { name: 'Unlock' })).toBeVisible();
	await page.route(/\/(?:api|supabase)\//, (route) => route.abort());
	await unlock(page, `${phrase}x`);
	await expect(page.getByText('This does not open the vault.')).toBeVisible();
	await unlock(page, phrase);
	await expect(underKey(page), 'by the rosters that this device keeps').toBeVisible();
});

test('a server that says there are no keys is told from one that never had any, and is sent nothing', async ({
	page,
	browser,
	baseURL
}) => {
	const { person, phrase } = await atSecurity(page, baseURL);
	await denyKeys(page);
	// What the page before was about to send is none of this.
	await page.goto('about:blank');
	const written: string[] = [];
	page.on('request', (request) => {
		const { pathname } = new URL(request.url());
		if (pathname.startsWith('/api/') && request.method() !== 'GET') written.push(`${request.method()} ${pathname}`);
	});
	await page.goto('/settings/security');
	await expect(page.getByText('Stopped, to protect you')).toBeVisible();
	await expect(page.getByLabel('Encryption password')).toHaveCount(0);
	expect(written).toEqual([]);
	await page.unrouteAll();
	// The page asks again by itself now and then: where that comes first, there is nothing left to press.
	await page
		.getByRole('button', { name: 'Try again' })
		.click({ timeout: 5000 })
		.catch(() => undefined);
	await unlock(page, phrase);
	await expect(underKey(page)).toBeVisible();

	// A device that knows of no keys has nothing to hold against it: it is told that user encryption is off.
	const stranger = await browser.newContext({ baseURL });
	const other = await stranger.newPage();
	await denyKeys(other);
	await signIn(other, person);
	await other.waitForURL(/\/(?:entities|[0-9a-f-]{36})$/);
	await other.goto('/settings/security');
	await expect(other.getByRole('link', { name: 'Turn on user encryption' })).toBeVisible();
	await stranger.close();
});

test('a sign-in without user encryption leaves no error in the browser’s console', async ({
	page,
	browser,
	baseURL
}) => {
	const person = newcomer();
	await createAccount(page, person);
	const elsewhere = await browser.newContext({ baseURL });
	const other = await elsewhere.newPage();
	const errors: string[] = [];
	other.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
	const asked = other.waitForResponse('**/api/keys');
	await signIn(other, person);
	await (await asked).finished();
	await other.waitForURL(/\/entities/);
	expect(errors).toEqual([]);
	await elsewhere.close();
});

test(
	'a device that has not heard which parts are under a key says so, and offers nothing',
	{ tag: '@long' },
	async ({ page, browser, baseURL }) => {
		const { person, phrase } = await atSecurity(page, baseURL);
		const elsewhere = await browser.newContext({ baseURL });
		const other = await elsewhere.newPage();
		await other.route('**/api/rosters?*', (route) => route.abort());
		await signIn(other, person);
		await unlock(other, phrase);
		await other.waitForURL(/\/(?:entities|[0-9a-f-]{36})$/);
		await other.getByRole('link', { name: 'Settings' }).first().click();
		await other.getByRole('link', { name: /^Security/ }).click();
		await expect(other.getByText('Not known yet').first()).toBeVisible();
		await expect(other.getByRole('button', { name: /^(?:Switch on|New key)/ })).toHaveCount(0);
		await expect(other.getByText('Sealed by the server alone')).toHaveCount(0);
		await other.unroute('**/api/rosters?*');
		await other.reload();
		await unlock(other, phrase);
		await expect(underKey(other)).toBeVisible();
		await expect(other.getByRole('button', { name: /^Switch on: Finances/ })).toBeVisible();
		await elsewhere.close();
	}
);

test('a device that keeps the key opens by itself, until somebody locks it', async ({ page, baseURL }) => {
	const { phrase } = await atSecurity(page, baseURL);
	await page.getByRole('button', { name: 'Keep the key here' }).click();
	await page.getByRole('alertdialog').getByRole('button', { name: 'Keep the key here' }).click();
	await expect(page.getByText('The key is kept here')).toBeVisible();
	await page.reload();
	await expect(underKey(page)).toBeVisible();
	await page.getByRole('main').getByRole('button', { name: 'Lock now' }).click();
	await expect(page.getByRole('heading', { name: 'Unlock' })).toBeVisible();
	await page.reload();
	await unlock(page, phrase);
	await expect(underKey(page)).toBeVisible();
	await page.reload();
	await expect(underKey(page)).toBeVisible();
});
