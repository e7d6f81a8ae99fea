import type { BrowserContext, Page } from '@playwright/test';
import { expect, test as base } from '../stage/browser-test.ts';
import { startFront } from '../stage/front.ts';
import type { Front } from '../stage/front.ts';
import { createAccount, newcomer } from '../stage/newcomer.ts';
import { release } from '../stage/release.ts';

const test = base.extend<{ front: Front; released: (mark: string) => Promise<void> }>({
	front: async ({}, use) => {
		const front = await startFront(process.env.ARCA_E2E_URL ?? '');
		await use(front);
		await front.stop();
	},
	released: async ({ front }, use) => use((mark) => release(front, process.env.ARCA_E2E_URL ?? '', mark)),
	baseURL: async ({ front }, use) => use(front.url)
});

async function atHome(page: Page): Promise<string> {
	await createAccount(page, newcomer());
	await page.getByLabel('Name', { exact: true }).fill('Casa');
	await page.getByRole('button', { name: 'Create' }).click();
	await page.waitForURL(/\/[0-9a-f-]{36}$/);
	return page.url();
}

const bar = (page: Page) => page.getByText('A new version is ready');
const build = (page: Page) => page.locator('html').getAttribute('data-build');
const update = (page: Page) => page.getByRole('button', { name: 'Reload to update' }).click();

test.describe('with the app on the device', () => {
	test.use({ serviceWorkers: 'allow' });

	async function installed(page: Page): Promise<void> {
		await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
	}

	/** A person at Home, with this build on the device. */
	async function withApp(page: Page): Promise<string> {
		const home = await atHome(page);
		await installed(page);
		return home;
	}

	/** Another tab, with a file in the import that is kept nowhere. */
	async function withImport(context: BrowserContext, home: string): Promise<Page> {
		const tab = await context.newPage();
		await tab.goto(`${home}/import`);
		const text = 'Date;Payee;Amount\n2026-03-01;Kiosk;-3,00\n2026-03-02;Bakery;-4,10\n';
		const file = { name: 'march.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
		await tab.locator('input[type=file]').setInputFiles(file);
		await expect(tab.getByText('march.csv')).toBeVisible();
		return tab;
	}

	test('a newer build waits until the person asks for it, and then every tab has it, where it was', async ({
		page,
		context,
		released
	}) => {
		const home = await withApp(page);
		const other = await context.newPage();
		await other.goto('/settings');
		await expect(bar(page)).toHaveCount(0);
		await released('two');
		await page.reload();
		await expect(bar(page)).toBeVisible();
		await expect(bar(other)).toBeVisible();
		// Asked or not, a load in between is still all of the old build.
		await page.reload();
		await expect(bar(page)).toBeVisible();
		expect(await build(page)).toBeNull();
		await update(page);
		await expect.poll(() => build(page)).toBe('two');
		await expect.poll(() => build(other)).toBe('two');
		await expect(page).toHaveURL(home);
		await expect(other).toHaveURL(/\/settings$/);
		await expect(page.getByRole('heading', { name: 'Casa', exact: true })).toBeVisible();
		await expect(bar(page)).toHaveCount(0);
		const old = await page.evaluate(async () => {
			const names = await caches.keys();
			const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
			return kept.flat().filter(({ url }) => new URL(url).pathname === '/').length;
		});
		expect(old).toBe(1);
	});

	test('"Later" puts the bar away until a still newer build is there, and closing every tab brings that', async ({
		page,
		context,
		released
	}) => {
		const home = await withApp(page);
		await released('three');
		await page.reload();
		await page.getByRole('button', { name: 'Later' }).click();
		await expect(bar(page)).toHaveCount(0);
		await released('four');
		await page.evaluate(() => window.dispatchEvent(new Event('online')));
		await expect(bar(page)).toBeVisible();
		await page.getByRole('button', { name: 'Later' }).click();
		await page.goto('about:blank');
		await page.close();
		const again = await context.newPage();
		await expect(async () => {
			await again.goto(home);
			expect(await build(again)).toBe('four');
			await again.goto('about:blank');
		}).toPass();
	});

	test('a tab with work that is kept nowhere is named, and no tab is touched until it is done', async ({
		page,
		context,
		released
	}) => {
		const home = await withApp(page);
		const writing = await withImport(context, home);
		await released('five');
		await page.reload();
		await update(page);
		await expect(page.getByText(/the tab “Import.*” is not saved yet/)).toBeVisible();
		await update(writing);
		await expect(writing.getByText('Something on this page is not saved yet.')).toBeVisible();
		// All of the old build is still there, pages that were never opened too.
		await writing.getByRole('link', { name: 'Settings' }).click();
		await expect(writing.getByRole('heading', { name: 'This device' })).toBeVisible();
		expect(await build(writing)).toBeNull();
		expect(await build(page)).toBeNull();
		await update(page);
		await expect.poll(() => build(page)).toBe('five');
		await expect.poll(() => build(writing)).toBe('five');
	});

	test('a tab that another version has replaced before it agreed stays, and cannot put the bar away', async ({
		page,
		context,
		released
	}) => {
		const writing = await withImport(context, await withApp(page));
		await released('nine');
		await page.reload();
		await expect(bar(page)).toBeVisible();
		// As a page of an older version does, which asks nobody.
		await page.evaluate(async () => {
			const registration = await navigator.serviceWorker.getRegistration();
			registration?.waiting?.postMessage('take-over');
		});
		await expect.poll(() => build(page)).toBe('nine');
		await expect(bar(writing)).toBeVisible();
		await expect(writing.getByRole('button', { name: 'Later' })).toHaveCount(0);
		await expect(writing.getByText('march.csv')).toBeVisible();
		expect(await build(writing)).toBeNull();
	});

	test('a form that is open in a tab has what was typed after the update', async ({ page, context, released }) => {
		const home = await withApp(page);
		const writing = await context.newPage();
		await writing.goto(`${home}/finances/category-rule/new`);
		await writing.getByLabel(/When payee/).fill('kiosk');
		await released('six');
		await page.reload();
		await update(page);
		await expect.poll(() => build(writing)).toBe('six');
		await expect(writing.getByLabel(/When payee/)).toHaveValue('kiosk');
	});

	test('a new account that is being typed keeps its page, until the fields are empty again', async ({
		page,
		released
	}) => {
		await page.goto('/create-account');
		await installed(page);
		await released('seven');
		await page.reload();
		await page.getByLabel('Email').fill('ana@example.org');
		await update(page);
		await expect(page.getByText('Something on this page is not saved yet.')).toBeVisible();
		await expect(page.getByLabel('Email')).toHaveValue('ana@example.org');
		await page.getByLabel('Email').fill('');
		await update(page);
		await expect.poll(() => build(page)).toBe('seven');
	});

	test('a page that waits for a mailed code stays at that step', async ({ page, released }) => {
		await page.goto('/reset');
		await installed(page);
		await page.getByLabel('Email').fill('ana@example.org');
		await page.getByRole('button', { name: 'Send' }).click();
		await expect(page.getByText('Step 2 of 3')).toBeVisible();
		await released('ten');
		await page.evaluate(() => window.dispatchEvent(new Event('online')));
		await update(page);
		await expect(page.getByText('Something on this page is not saved yet.')).toBeVisible();
		await expect(page.getByText('Step 2 of 3')).toBeVisible();
		expect(await build(page)).toBeNull();
		// Where nothing is waited for any more, nothing is in the way.
		await page.getByRole('link', { name: 'Back to sign in' }).click();
		await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
		await update(page);
		await expect.poll(() => build(page)).toBe('ten');
	});

	test('a newer build that cannot be installed whole is offered all the same, and comes from the network', async ({
		page,
		front,
		released
	}) => {
		await page.goto('/sign-in');
		await installed(page);
		await released('eight');
		front.change('/_app/version.json', () => '{"version":"another"}');
		front.change('/reset', () => 'other bytes than the worker lists');
		await page.reload();
		await expect(bar(page)).toBeVisible();
		expect(await build(page)).toBeNull();
		await update(page);
		await expect.poll(() => build(page)).toBe('eight');
		await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
	});
});

test.describe('without the app on the device', () => {
	test.use({ serviceWorkers: 'block' });

	test('an old tab hears from the server\u2019s answers that a newer build is served', async ({ page, front }) => {
		await atHome(page);
		await page.waitForLoadState('networkidle');
		front.change('/_app/version.json', () => '{"version":"another"}');
		front.change('/api/records/pull', (body, headers) => {
			headers['arca-build'] = 'another';
			return body;
		});
		await expect(bar(page)).toHaveCount(0);
		await page.evaluate(() => window.dispatchEvent(new Event('focus')));
		await expect(bar(page)).toBeVisible();
		const loaded = page.waitForEvent('load');
		await update(page);
		await loaded;
		await expect(page.getByRole('heading', { name: 'Casa', exact: true })).toBeVisible();
	});
});
