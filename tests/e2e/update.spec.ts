import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, test as base } from '../stage/browser-test.ts';
import { startFront } from '../stage/front.ts';
import type { Front } from '../stage/front.ts';
import { createAccount, newcomer } from '../stage/newcomer.ts';

const test = base.extend<{ front: Front }>({
	front: async ({}, use) => {
		const front = await startFront(process.env.ARCA_E2E_URL ?? '');
		await use(front);
		await front.stop();
	},
	baseURL: async ({ front }, use) => use(front.url)
});

const integrityOf = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** From now on a newer build is served: its shell is marked, and its service worker lists the new shell's hash. */
async function release(front: Front, mark: string): Promise<void> {
	const shell = await (await fetch(`${process.env.ARCA_E2E_URL}/`)).text();
	const next = shell.replace('<html', `<html data-build="${mark}"`);
	front.change('/', () => next);
	front.change('/service-worker.js', (worker) => {
		const old = integrityOf(shell);
		expect(worker).toContain(old);
		const revision = old.slice('sha256-'.length, 'sha256-'.length + 16);
		return worker.replace(old, integrityOf(next)).replace(`"${revision}"`, `"${mark}"`);
	});
}

async function atHome(page: Page): Promise<string> {
	await createAccount(page, newcomer());
	await page.getByLabel('Name', { exact: true }).fill('Casa');
	await page.getByRole('button', { name: 'Create' }).click();
	await page.waitForURL(/\/[0-9a-f-]{36}$/);
	return page.url();
}

const bar = (page: Page) => page.getByText('A new version is ready');
const build = (page: Page) => page.locator('html').getAttribute('data-build');

test.describe('with the app on the device', () => {
	test.use({ serviceWorkers: 'allow' });

	/** A person at Home, with this build on the device. */
	async function withApp(page: Page): Promise<string> {
		const home = await atHome(page);
		await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
		return home;
	}

	test('a newer build waits until the person asks for it, and then every tab has it, where it was', async ({
		page,
		context,
		front
	}) => {
		const home = await withApp(page);
		const other = await context.newPage();
		await other.goto('/settings');
		await expect(bar(page)).toHaveCount(0);
		await release(front, 'two');
		await page.reload();
		await expect(bar(page)).toBeVisible();
		await expect(bar(other)).toBeVisible();
		// Asked or not, a load in between is still all of the old build.
		await page.reload();
		await expect(bar(page)).toBeVisible();
		expect(await build(page)).toBeNull();
		await page.getByRole('button', { name: 'Reload to update' }).click();
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

	test('"Later" puts the bar away, and closing every tab brings the newer build', async ({ page, context, front }) => {
		const home = await withApp(page);
		await release(front, 'three');
		await page.reload();
		await page.getByRole('button', { name: 'Later' }).click();
		await expect(bar(page)).toHaveCount(0);
		await page.goto('about:blank');
		await page.close();
		const again = await context.newPage();
		await expect(async () => {
			await again.goto(home);
			expect(await build(again)).toBe('three');
			await again.goto('about:blank');
		}).toPass();
	});

	test('a tab with work that is kept nowhere stays as it is, and says that a newer version is ready', async ({
		page,
		context,
		front
	}) => {
		const home = await withApp(page);
		const writing = await context.newPage();
		await writing.goto(`${home}/finances/category-rule/new`);
		await writing.getByLabel(/When payee/).fill('kiosk');
		await release(front, 'four');
		await page.reload();
		await page.getByRole('button', { name: 'Reload to update' }).click();
		await expect.poll(() => build(page)).toBe('four');
		await expect(bar(writing)).toBeVisible();
		await expect(writing.getByLabel(/When payee/)).toHaveValue('kiosk');
		expect(await build(writing)).toBeNull();
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
		await page.getByRole('button', { name: 'Reload to update' }).click();
		await loaded;
		await expect(page.getByRole('heading', { name: 'Casa', exact: true })).toBeVisible();
	});
});
