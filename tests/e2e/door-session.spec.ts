import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { createAccount, PASSWORD, signIn } from './door-steps.ts';
import type { Tokens } from './door-steps.ts';

/** Lets the server's next sessions seem to end in so many seconds. The tokens themselves stay good. */
async function shortenSessions(context: BrowserContext, seconds: number): Promise<void> {
	await context.route('**/auth/v1/signup', async (route) => {
		const response = await route.fetch();
		const session = (await response.json()) as object;
		await route.fulfill({ response, json: { ...session, expires_in: seconds } });
	});
}

/** Counts the requests for a new token that the browser sends. */
function countRenewals(context: BrowserContext): () => number {
	let renewals = 0;
	context.on('request', (request) => {
		if (request.url().includes('grant_type=refresh_token')) renewals++;
	});
	return () => renewals;
}

/** All that this origin keeps in the browser, as one text: bytes as Latin-1, so that text inside them is found. */
async function kept(page: Page): Promise<string> {
	return page.evaluate(async () => {
		const done = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
			});
		const spell = (_: string, value: unknown) =>
			value instanceof Uint8Array ? String.fromCharCode(...value) : value instanceof CryptoKey ? 'a key' : value;
		const found = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
		for (const { name } of await indexedDB.databases()) {
			const database = await done(indexedDB.open(name ?? ''));
			for (const store of database.objectStoreNames) {
				const rows = await done(database.transaction(store).objectStore(store).getAll());
				found.push(`${name}/${store}`, JSON.stringify(rows, spell));
			}
			database.close();
		}
		return found.join('\n');
	});
}

test.describe('the session', () => {
	test('a new account is signed in, and stays so after a reload', async ({ page }) => {
		await createAccount(page);
		await page.reload();
		await expect(page).toHaveURL(/\/entities/);
		await page.goto('/sign-in');
		await expect(page, 'the door leads on').toHaveURL(/\/entities/);
	});

	test('no token is kept in plain, and nothing at all in localStorage', async ({ page }) => {
		const { access_token, refresh_token } = await createAccount(page);
		await page.evaluate(async (token) => {
			const request = indexedDB.open('planted', 1);
			request.onupgradeneeded = () => request.result.createObjectStore('rows', { autoIncrement: true });
			await new Promise((resolve) => (request.onsuccess = resolve));
			const write = request.result.transaction('rows', 'readwrite');
			write.objectStore('rows').add({ body: new TextEncoder().encode(`{"token":"${token}"}`) });
			await new Promise((resolve) => (write.oncomplete = resolve));
			request.result.close();
		}, refresh_token);
		expect(await kept(page), 'a planted token is found').toContain(refresh_token);
		await page.evaluate(() => indexedDB.deleteDatabase('planted'));
		const all = await kept(page);
		expect(all).toContain('/sealed');
		expect(all).not.toContain(refresh_token);
		expect(all).not.toContain(access_token);
		expect(all).not.toContain(access_token.split('.')[1]);
		expect(await page.evaluate(() => localStorage.length)).toBe(0);
	});

	test('the device key cannot be exported', async ({ page }) => {
		await createAccount(page);
		const refusals = await page.evaluate(async () => {
			const name = (await indexedDB.databases()).find((found) => found.name?.startsWith('arca-'))?.name ?? '';
			const opened = indexedDB.open(name);
			await new Promise((resolve) => (opened.onsuccess = resolve));
			const got = opened.result.transaction('keys').objectStore('keys').get('device') as IDBRequest<{ key: CryptoKey }>;
			await new Promise((resolve) => (got.onsuccess = resolve));
			opened.result.close();
			const tries = (['raw', 'jwk', 'pkcs8'] as const).map((format) => crypto.subtle.exportKey(format, got.result.key));
			return (await Promise.allSettled(tries)).map(({ status }) => status);
		});
		expect(refusals).toEqual(['rejected', 'rejected', 'rejected']);
	});

	test('two tabs that need a new token at once ask for one, and both stay signed in', async ({ context, page }) => {
		await shortenSessions(context, 30);
		await createAccount(page);
		const renewals = countRenewals(context);
		const other = await context.newPage();
		const listed = [page, other].map((tab) => tab.waitForResponse('**/api/entities'));
		await Promise.all([page.reload(), other.goto('/entities')]);
		for (const answer of await Promise.all(listed)) expect(answer.status()).toBe(200);
		expect(renewals()).toBe(1);
		await expect(page).toHaveURL(/\/entities/);
		await expect(other).toHaveURL(/\/entities/);
	});

	test('a token that has run out is renewed before it is used', async ({ context, page }) => {
		await shortenSessions(context, 1);
		const renewals = countRenewals(context);
		const renewed = page.waitForResponse((answer) => answer.url().includes('grant_type=refresh_token'));
		const asked = page.waitForRequest('**/api/entities');
		await createAccount(page);
		const { access_token } = (await (await renewed).json()) as Tokens;
		expect(await (await asked).headerValue('authorization')).toBe(`Bearer ${access_token}`);
		expect(renewals()).toBe(1);
	});

	test('a token that the server refuses is renewed once, and the request made again', async ({ context, page }) => {
		await createAccount(page);
		const renewals = countRenewals(context);
		await context.route('**/api/entities', (route) => route.fulfill({ status: 401, json: {} }), { times: 1 });
		const second = page.waitForResponse((answer) => answer.url().endsWith('/api/entities') && answer.status() === 200);
		await page.reload();
		await second;
		expect(renewals()).toBe(1);
	});

	test('a session that the server ended asks to sign in, and goes on where the person was', async ({
		page,
		request
	}) => {
		const { email, access_token } = await createAccount(page);
		const { publishableKey } = (await (await request.get('/api/config')).json()) as { publishableKey: string };
		const headers = { apikey: publishableKey, authorization: `Bearer ${access_token}` };
		expect((await request.post('/supabase/auth/v1/logout?scope=global', { headers })).ok()).toBe(true);
		await page.goto('/settings');
		await expect(page).toHaveURL('/sign-in?next=%2Fsettings&ended=1');
		await expect(page.getByText('Please sign in again')).toBeVisible();
		await signIn(page, email, PASSWORD);
		await expect(page).toHaveURL('/settings');
	});

	test('signing out clears the device and signs the other tab out', async ({ context, page }) => {
		await createAccount(page);
		const other = await context.newPage();
		await other.goto('/settings');
		await page.goto('/settings');
		await page.getByRole('button', { name: 'Sign out' }).first().click();
		await expect(page, 'leads nowhere back: it was left on purpose').toHaveURL('/sign-in');
		await expect(other).toHaveURL('/sign-in');
		expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([]);
		await page.goto('/settings');
		await expect(page, 'a page asked for is come back to').toHaveURL('/sign-in?next=%2Fsettings');
	});

	test('where the browser keeps nothing, the page says so and the session lasts as long as the page', async ({
		page
	}) => {
		await page.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { value: undefined }));
		await page.goto('/create-account');
		await expect(page.getByText('This browser keeps nothing for this page')).toBeVisible();
		await createAccount(page);
		await page.reload();
		await expect(page).toHaveURL(/\/sign-in/);
	});
});
