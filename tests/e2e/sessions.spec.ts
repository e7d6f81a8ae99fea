import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from '../stage/browser-test.ts';
import { signIn } from '../stage/newcomer.ts';
import { expectNoFindings } from '../stage/looks.ts';
import { atHome } from './at-home.ts';
import { bodyOf, personApi } from './person-api.ts';

const PHONE = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36';
const TABLET = 'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/18.6 Safari/604.1';

/** What this origin keeps in the browser: a line for each table that is not empty, and the names of the texts. */
function kept(page: Page): Promise<string[]> {
	return page.evaluate(async () => {
		const done = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
			});
		const found: string[] = [];
		for (const { name } of await indexedDB.databases()) {
			const database = await done(indexedDB.open(name ?? ''));
			for (const table of database.objectStoreNames) {
				const keys = await done(database.transaction(table).objectStore(table).getAllKeys());
				if (keys.length > 0) found.push(table === 'texts' ? `texts ${keys.map(String).join(' ')}` : table);
			}
			database.close();
		}
		return found;
	});
}

/** Writes an expense, which waits where there is no network. */
async function spend(page: Page, payee: string): Promise<void> {
	await page.getByLabel(/^Amount/).fill('7.77');
	await page.getByRole('combobox', { name: /^Payee/ }).fill(payee);
	await page.getByRole('button', { name: 'Save', exact: true }).click();
}

/** Lets the tokens that this browser gets seem to run out at once. */
async function runOut(context: BrowserContext): Promise<void> {
	await context.route('**/auth/v1/token?grant_type=password', async (route) => {
		const response = await route.fetch();
		await route.fulfill({ response, json: { ...((await response.json()) as object), expires_in: 20 } });
	});
}

test('a device that was revoked clears itself when it next speaks, and says so; what never left it is not lost', async ({
	page,
	browser,
	baseURL
}) => {
	const options = { baseURL: baseURL ?? '', locale: 'en-GB', serviceWorkers: 'block' as const };
	const phone = await browser.newContext({ ...options, userAgent: PHONE });
	const tablet = await browser.newContext({ ...options, userAgent: TABLET });
	await runOut(tablet);
	const { entity, person } = await atHome(page, baseURL, async (made) => {
		await made.api.write(made.entity, [bodyOf('account', { name: 'Giro', type: 'current', currency: 'EUR' })]);
	});
	const [b, c] = [await phone.newPage(), await tablet.newPage()];
	for (const device of [b, c]) {
		// The list as well: what a page needs is in the browser's cache then.
		await signIn(device, person, `/${entity}/finances/expense`);
		await expect(device.getByRole('heading', { name: 'Expenses' })).toBeVisible();
		await device.goto(`/${entity}/finances/expense/new`);
		await expect(device.getByLabel(/^Amount/)).toBeVisible();
	}
	expect(await kept(c), 'so that the rest cannot pass by accident').toContain('sealed');
	await phone.setOffline(true);
	await spend(b, 'Ferry');
	await expect(b.getByText('Ferry').first()).toBeVisible();

	await page.goto('/settings/security');
	const card = page.getByRole('region', { name: 'Sessions' });
	await expect(card.getByRole('listitem')).toHaveCount(4);
	await expect(card.getByRole('listitem').first()).toContainText('This device');
	await expectNoFindings(page);
	await card.getByRole('button', { name: 'Revoke Chrome on Android' }).click();
	await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke', exact: true }).click();
	await expect(card.getByText('Chrome on Android')).toHaveCount(0);
	await card.getByRole('button', { name: 'Sign out everywhere else' }).click();
	await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out everywhere else' }).click();
	await expect(card.getByRole('listitem')).toHaveCount(1);

	// Its token has run out meanwhile: it asks what became of its session.
	await c.reload();
	await expect(c).toHaveURL('/sign-in?ended=revoked');
	await expect(c.getByText('This device was signed out')).toBeVisible();
	expect(await kept(c)).toEqual([]);

	await phone.setOffline(false);
	await expect(b).toHaveURL('/sign-in?ended=revoked');
	await expect(b.getByText(/^1 change made here never reached the server/)).toBeVisible();
	expect(await kept(b), 'no page, no session, no name').toEqual(['keys', 'outbox', 'texts share-to']);
	const api = await personApi(baseURL ?? '', person);
	expect(await api.names(entity)).toEqual(['Giro']);
	await signIn(b, person, `/${entity}/finances/expense`);
	await expect(b.getByText('Ferry').first()).toBeVisible();
	await expect.poll(() => api.names(entity)).toEqual(['Giro', 'Ferry']);
	await Promise.all([phone.close(), tablet.close()]);
});

test('a session that expired asks to sign in again, and what was written before is still there', async ({
	page,
	baseURL
}) => {
	const { entity, person, api } = await atHome(page, baseURL);
	await page.goto(`/${entity}/finances/expense/new`);
	await expect(page.getByLabel(/^Amount/)).toBeVisible();
	const problem = { type: '/problems/session/expired', title: 'x', status: 401 };
	await page.route('**/api/records/push', (route) =>
		route.fulfill({ status: 401, contentType: 'application/problem+json', json: problem })
	);
	await spend(page, 'Ferry');
	await expect(page).toHaveURL(/\/sign-in\?.*ended=1/);
	await expect(page.getByText('Please sign in again')).toBeVisible();
	expect(await kept(page)).toContain('outbox');
	await page.unroute('**/api/records/push');
	await signIn(page, person, `/${entity}/finances/expense`);
	await expect.poll(() => api.names(entity)).toEqual(['Ferry']);
});

test('what a person chose about their sessions is kept', async ({ page, baseURL }) => {
	await atHome(page, baseURL);
	await page.goto('/settings/security');
	const idle = page.getByLabel('Sign out a device that is not used for');
	await idle.selectOption({ label: '8 hours' });
	await page.getByLabel('Ask to sign in again after').selectOption({ label: '30 days' });
	await expect(page.getByLabel('Ask to sign in again after')).toHaveValue('2592000');
	await page.reload();
	await expect(idle).toHaveValue('28800');
	await expect(page.getByLabel('Ask to sign in again after')).toHaveValue('2592000');
	await idle.selectOption({ label: 'No limit' });
	await page.reload();
	await expect(idle).toHaveValue('');
});
