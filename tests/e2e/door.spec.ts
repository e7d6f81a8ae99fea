import AxeBuilder from '@axe-core/playwright';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';

const PASSWORD = 'quiet river lantern';

let count = 0;
const newEmail = (): string => `door-${process.pid}-${Date.now()}-${count++}@example.org`;

interface Tokens {
	access_token: string;
	refresh_token: string;
}

/** Creates an account through the page, and gives the tokens the server answered with. */
async function createAccount(page: Page, email = newEmail()): Promise<Tokens & { email: string }> {
	await page.goto('/create-account');
	await page.getByLabel('Email').fill(email);
	await page.getByLabel('Password').fill(PASSWORD);
	const answer = page.waitForResponse('**/auth/v1/signup');
	await page.getByRole('button', { name: 'Create account' }).click();
	const tokens = (await (await answer).json()) as Tokens;
	await expect(page).toHaveURL(/\/entities/);
	return { email, ...tokens };
}

async function signIn(page: Page, email: string, password: string): Promise<void> {
	await page.getByLabel('Email').fill(email);
	await page.getByLabel('Password').fill(password);
	await page.getByRole('button', { name: 'Sign in' }).click();
}

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
		await expect(page).toHaveURL(/\/sign-in/);
		await expect(other).toHaveURL(/\/sign-in/);
		expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([]);
		await page.goto('/entities');
		await expect(page).toHaveURL(/\/sign-in/);
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

test.describe('the account', () => {
	test('a wrong password and an unknown e-mail are answered in the same words', async ({ page }) => {
		const { email } = await createAccount(page);
		await page.goto('/settings');
		await page.getByRole('button', { name: 'Sign out' }).first().click();
		await expect(page).toHaveURL(/\/sign-in/);
		const told: (string | null)[] = [];
		for (const who of [email, newEmail()]) {
			await signIn(page, who, 'not the password');
			const alert = page.getByRole('alert');
			await expect(alert).toBeVisible();
			told.push(await alert.textContent());
			await page.reload();
		}
		expect(told[0]).toBe(told[1]);
	});

	test('what is wrong stands beside the field, and what was typed stays', async ({ page }) => {
		await page.goto('/create-account');
		await page.getByLabel('Email').fill('nobody');
		await page.getByLabel('Password').fill('short');
		await page.getByRole('button', { name: 'Create account' }).click();
		await expect(page.getByLabel('Email')).toHaveAccessibleDescription(/Write an email address/);
		await expect(page.getByLabel('Email')).toBeFocused();
		await expect(page.getByLabel('Password')).toHaveAccessibleDescription(/too short/);
		await expect(page.getByLabel('Email')).toHaveValue('nobody');
		await expect(page.getByLabel('Password')).toHaveValue('short');
	});

	test('a forgotten password is replaced by a code, and only by the right one', async ({ page, readCode }) => {
		const { email } = await createAccount(page);
		await page.goto('/settings');
		await page.getByRole('button', { name: 'Sign out' }).first().click();
		await page.getByRole('link', { name: 'Forgot your password?' }).click();
		await page.getByLabel('Email').fill(email);
		await page.getByRole('button', { name: 'Send code' }).click();
		await expect(page.getByText(`npm run reset-code -- ${email}`)).toBeVisible();
		await expect.poll(() => codeOrNothing(readCode, email)).toMatch(/^\d{6}$/);
		const code = readCode(email);
		await page.getByLabel('Code').fill(code === '111111' ? '222222' : '111111');
		await page.getByRole('button', { name: 'Continue' }).click();
		await page.getByLabel('New password').fill('seven other arches');
		await page.getByRole('button', { name: 'Set new password' }).click();
		await expect(page.getByLabel('Code')).toHaveAccessibleDescription(/code is wrong/);
		await page.getByLabel('Code').fill(`${code.slice(0, 3)} ${code.slice(3)}`);
		await page.getByRole('button', { name: 'Continue' }).click();
		await page.getByLabel('New password').fill(PASSWORD);
		await page.getByRole('button', { name: 'Set new password' }).click();
		await expect(page.getByLabel('New password')).toHaveAccessibleDescription(/your password already/);
		await page.getByLabel('New password').fill('seven other arches');
		await page.getByRole('button', { name: 'Set new password' }).click();
		await expect(page).toHaveURL(/\/entities/);
	});

	test('asking for a code says the same for an unknown e-mail', async ({ page }) => {
		const email = newEmail();
		await page.goto('/reset');
		await page.getByLabel('Email').fill(email);
		await page.getByRole('button', { name: 'Send code' }).click();
		await expect(page.getByText(`npm run reset-code -- ${email}`)).toBeVisible();
	});

	test('the e-mail changes with the current password and a code', async ({ page, readCode }) => {
		await createAccount(page);
		const next = newEmail();
		await page.goto('/settings');
		await page.getByRole('button', { name: 'Change email' }).click();
		await page.getByLabel('New email').fill(next);
		await page.getByLabel('Current password').fill('not the password');
		await page.getByRole('button', { name: 'Change email' }).click();
		await expect(page.getByLabel('Current password')).toHaveAccessibleDescription(/not your current password/);
		await page.getByLabel('Current password').fill(PASSWORD);
		await page.getByRole('button', { name: 'Change email' }).click();
		await expect(page.getByLabel('Code')).toBeVisible();
		await page.getByLabel('Code').fill(readCode(next));
		await page.getByRole('button', { name: 'Confirm' }).click();
		await expect(page.getByRole('main').getByText(next)).toBeVisible();
		await page.getByRole('button', { name: 'Sign out' }).first().click();
		await expect(page).toHaveURL(/\/sign-in/);
		await signIn(page, next, PASSWORD);
		await expect(page).toHaveURL(/\/(settings|entities)/);
	});

	test('the password changes with the current one, and the old one is worth nothing', async ({ page }) => {
		const { email } = await createAccount(page);
		await page.goto('/settings');
		await page.getByRole('button', { name: 'Change password' }).click();
		await page.getByLabel('Current password').fill('not the password');
		await page.getByLabel('New password').fill('seven other arches');
		await page.getByRole('button', { name: 'Change password' }).click();
		await expect(page.getByLabel('Current password')).toHaveAccessibleDescription(/not your current password/);
		await page.getByLabel('Current password').fill(PASSWORD);
		await page.getByRole('button', { name: 'Change password' }).click();
		await expect(page.getByText('Password changed.')).toBeVisible();
		await page.reload();
		await expect(page, 'this device stays signed in').toHaveURL('/settings');
		await page.getByRole('button', { name: 'Sign out' }).first().click();
		await expect(page).toHaveURL(/\/sign-in/);
		await signIn(page, email, PASSWORD);
		await expect(page.getByRole('alert')).toBeVisible();
		await signIn(page, email, 'seven other arches');
		await expect(page).toHaveURL(/\/(settings|entities)/);
	});

	test('axe finds nothing in the settings, with every form open', async ({ page }) => {
		await createAccount(page);
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			await page.goto('/settings');
			await page.getByRole('button', { name: 'Change email' }).click();
			await expect(page.getByLabel('New email'), 'the focus goes along').toBeFocused();
			await page.getByRole('button', { name: 'Change password' }).click();
			await expect(page.getByLabel('Current password').last()).toBeFocused();
			expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
			await page.getByRole('button', { name: 'Cancel' }).last().click();
			await expect(page.getByRole('button', { name: 'Change password' }), 'and comes back').toBeFocused();
		}
	});

	test('an address that names another site is not followed after signing in', async ({ page }) => {
		await createAccount(page);
		await page.goto('/sign-in?next=%2F%5Cexample.org%2Fentities');
		await expect(page).toHaveURL(/^http:\/\/localhost:\d+\/entities/);
	});
});

test('text cannot become script: HTML, script and foreign worker addresses in plain strings are refused', async ({
	page,
	violations
}) => {
	await page.goto('/sign-in');
	await expect(page.getByLabel('Email')).toBeVisible();
	const refused = await page.evaluate(() => {
		const tries = {
			html: () => (document.createElement('div').innerHTML = '<b>text</b>'),
			script: () => (document.createElement('script').text = 'alert(1)'),
			address: () => (document.createElement('script').src = '/locale.js'),
			worker: () => new Worker('/locale.js'),
			policy: () =>
				(globalThis as unknown as { trustedTypes: TrustedTypePolicyFactory }).trustedTypes.createPolicy('mine', {})
		};
		return Object.entries(tries).flatMap(([name, attempt]) => {
			try {
				attempt();
				return [];
			} catch (error) {
				return error instanceof TypeError ? [name] : [];
			}
		});
	});
	expect(refused).toEqual(['html', 'script', 'address', 'worker', 'policy']);
	expect(violations.length, 'the browser tells of each').toBeGreaterThan(0);
	violations.length = 0;
});

/** The newest code, or nothing while it is on its way. */
function codeOrNothing(readCode: (email: string) => string, email: string): string {
	try {
		return readCode(email);
	} catch {
		return '';
	}
}
