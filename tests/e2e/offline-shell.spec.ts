import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { expect } from '../stage/browser-test.ts';
import { test } from '../stage/front-test.ts';
import type { Front } from '../stage/front.ts';
import { createAccount, newcomer } from '../stage/newcomer.ts';

test.use({ serviceWorkers: 'allow' });

/** Waits until the app is on the device, and the page in its hands. */
async function installed(page: Page): Promise<void> {
	const isActive = () => navigator.serviceWorker.controller?.state === 'activated';
	await page.waitForFunction(isActive, undefined, { timeout: 60_000 });
}

/** A new person with one entity, and the app on their device. */
async function atHome(page: Page): Promise<string> {
	await createAccount(page, newcomer());
	await page.getByLabel('Name', { exact: true }).fill('Casa');
	await page.getByRole('button', { name: 'Create' }).click();
	await page.waitForURL(/\/[0-9a-f-]{36}$/);
	await installed(page);
	return page.url().slice(-36);
}

async function cutOff(front: Front, context: BrowserContext): Promise<void> {
	await front.stop();
	await context.setOffline(true);
}

/** Every address that is kept in this browser, with the headers it was asked with. */
async function keptAddresses(page: Page): Promise<{ path: string; headers: string[] }[]> {
	return page.evaluate(async () => {
		const found: { path: string; headers: string[] }[] = [];
		for (const name of await caches.keys())
			for (const { url, headers } of await (await caches.open(name)).keys())
				found.push({ path: new URL(url).pathname, headers: [...headers.keys()] });
		return found;
	});
}

test('without a server and a network the app starts at any address, and says how things stand', async ({
	page,
	context,
	front
}) => {
	const entity = await atHome(page);
	await cutOff(front, context);
	for (const path of [`/${entity}/finances/expense/${crypto.randomUUID()}`, '/settings', '/']) {
		await page.goto(path);
		await expect(page.getByText(/not reached|offline/i).first()).toBeVisible({ timeout: 60_000 });
	}
});

test('the page of an address that is nowhere says so without a network too', async ({ page, context, front }) => {
	await page.goto('/sign-in');
	await installed(page);
	await cutOff(front, context);
	await page.goto('/there/is/nothing/here');
	await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
});

test('signing in without a network is answered calmly, and what was typed stays', async ({ page, context, front }) => {
	await page.goto('/sign-in');
	await installed(page);
	await cutOff(front, context);
	await page.goto('/sign-in?next=%2Fsettings');
	await page.getByLabel('Email').fill('ana@example.org');
	await page.getByLabel('Password', { exact: true }).fill('six quiet words');
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByText('Arca cannot be reached. Check the connection and try again.')).toBeVisible();
	await expect(page.getByLabel('Email')).toHaveValue('ana@example.org');
	await expect(page).toHaveURL(/\/sign-in\?next=%2Fsettings$/);
});

test('after real use the browser keeps files of the app, and nothing that was asked with a token or answers data', async ({
	page
}) => {
	const entity = await atHome(page);
	await page.goto(`/${entity}/finances/account/new`);
	await page.getByLabel('Name', { exact: true }).fill('Wallet');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText('Wallet').first()).toBeVisible();
	await page.goto(`/${entity}/import`);
	await page.goto('/settings');
	const kept = await keptAddresses(page);
	expect(kept.length).toBeGreaterThan(50);
	const app =
		/^\/(_app\/immutable\/.+|sign-in|create-account|reset|unlock(\/reset)?|locale\.js|manifest\.webmanifest|[\w-]+\.(png|svg))?$/;
	expect(kept.filter(({ path }) => !app.test(path))).toEqual([]);
	expect(kept.filter(({ headers }) => headers.includes('authorization'))).toEqual([]);
});

test('a page that is kept takes over the policy the server has today, and no page of another build', async ({
	page,
	context,
	front
}) => {
	await page.goto('/sign-in');
	await installed(page);
	const [worker] = context.serviceWorkers();
	const timesAsked = () => front.asked.filter((path) => path === '/sign-in').length;
	const before = timesAsked();
	const keptPolicy = () =>
		page.evaluate(async () => (await caches.match('/sign-in', { ignoreSearch: true }))?.headers.get('x-moved') ?? null);
	front.change('/sign-in', (body, headers) => {
		headers['x-moved'] = 'yes';
		return body.replace('<html', '<html data-other-build');
	});
	await page.reload();
	await expect.poll(timesAsked).toBeGreaterThan(before);
	// What the worker asks for now is answered after the refresh was.
	await worker?.evaluate(async () => (await fetch('/sign-in', { cache: 'reload' })).text());
	expect(timesAsked()).toBe(before + 2);
	expect(await keptPolicy()).toBeNull();
	front.change('/sign-in', (body, headers) => {
		headers['x-moved'] = 'yes';
		return body;
	});
	await page.reload();
	await expect.poll(keptPolicy).toBe('yes');
	await expect(page.locator('html')).not.toHaveAttribute('data-other-build');
});

test('the browser finds nothing that would keep Arca from being installed', async ({ front }) => {
	// A private window is never installable: this needs a profile on disk.
	const profile = await mkdtemp(join(tmpdir(), 'arca-profile-'));
	const context = await chromium.launchPersistentContext(profile, {
		executablePath: process.env.ARCA_CHROMIUM ?? '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu']
	});
	try {
		const page = await context.newPage();
		await page.goto(`${front.url}/sign-in`);
		await installed(page);
		const devtools = await context.newCDPSession(page);
		const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
		expect(installabilityErrors).toEqual([]);
		const { errors, data } = await devtools.send('Page.getAppManifest');
		expect(errors).toEqual([]);
		expect(JSON.parse(data ?? '{}')).toMatchObject({ id: '/', name: 'Arca', display: 'standalone', scope: '/' });
	} finally {
		await context.close();
		await rm(profile, { recursive: true, force: true });
	}
});
