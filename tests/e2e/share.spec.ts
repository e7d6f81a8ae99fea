import { readFile } from 'node:fs/promises';
import type { BrowserContext, Page } from '@playwright/test';
import { filesWith } from '../stage/disk-search.ts';
import { expect, test } from '../stage/browser-test.ts';
import { atSecurity } from './at-home.ts';
import { unlock } from './encryption-steps.ts';
import { openProfile } from './open-profile.ts';
import { act, row } from './with-files.ts';

interface Shared {
	name: string;
	mimeType: string;
	buffer: Buffer;
}

/** Waits until the service worker is in charge of the page. */
async function installed(page: Page): Promise<void> {
	const isActive = () => navigator.serviceWorker.controller?.state === 'activated';
	await page.waitForFunction(isActive, undefined, { timeout: 60_000 });
}

/** Posts files as the system does that shares them: a form, from no page of the app. */
async function share(context: BrowserContext, files: Shared[]): Promise<Page> {
	const page = await context.newPage();
	await page.setContent(`<form method="post" enctype="multipart/form-data" action="${process.env.ARCA_E2E_URL}/share">
		<input type="file" name="files" multiple /><button>Share</button></form>`);
	await page.locator('input').setInputFiles(files);
	await page.getByRole('button', { name: 'Share' }).click();
	return page;
}

async function plant(text: string): Promise<void> {
	const cache = await caches.open('planted');
	await cache.put('/planted', new Response(text));
}

test('what is shared is kept sealed while the vault is locked, and is attached as it was once it is open', async ({
	baseURL
}, info) => {
	const [secret, planted] = ['Núñez-shared-5c20e1aa', 'Núñez-planted-5c20e1ab'];
	const receipt = {
		name: `${secret}.txt`,
		mimeType: 'text/plain',
		buffer: Buffer.from(`Paid to ${secret}\n`.repeat(40))
	};
	const statement = {
		...{ name: 'march.csv', mimeType: 'text/csv' },
		buffer: Buffer.from('Date;Payee;Amount\n2026-03-01;Kiosk;-3,00\n')
	};
	const profile = info.outputPath('profile');
	let context = await openProfile(profile, info);
	try {
		let page = await context.newPage();
		await page.goto('/sign-in');
		await installed(page);
		await expect((await share(context, [receipt])).getByText('Nobody is signed in here')).toBeVisible();
		expect(await page.evaluate(() => indexedDB.databases()), 'signed out, nothing is kept').toEqual([]);

		const { entity, phrase } = await atSecurity(page, baseURL);
		await expect.poll(() => page.evaluate(isReady)).toBe(true);
		await page.getByRole('main').getByRole('button', { name: 'Lock now' }).click();
		const shared = await share(context, [receipt]);
		await expect(shared).toHaveURL('/unlock?next=%2Fshared');
		await shared.evaluate(plant, planted);
		await context.close();
		expect(filesWith(profile, planted), 'a planted one is found').not.toEqual([]);
		expect(filesWith(profile, secret)).toEqual([]);

		context = await openProfile(profile, info);
		page = await context.newPage();
		await page.goto('/shared');
		await unlock(page, phrase);
		await expect(page.getByText(receipt.name)).toBeVisible();
		await page.getByRole('button', { name: 'Contract' }).click();
		await expect(page).toHaveURL(`/${entity}/administration/contract/new`);
		await expect(row(page, receipt.name)).toBeVisible();
		const saved = page.waitForEvent('download');
		await act(page, receipt.name, 'Download');
		expect(await readFile(await (await saved).path())).toEqual(receipt.buffer);

		// The page that is open hears of the next one by itself; nothing of the first is left.
		await page.getByRole('link', { name: 'Home' }).first().click();
		await expect(page.getByRole('heading', { name: 'Casa Ribera' })).toBeVisible();
		await (await share(context, [statement])).waitForURL(/unlock/);
		await expect(page.getByText('Shared with Arca: 1 file')).toBeVisible();
		await page.getByRole('link', { name: 'Say where it belongs' }).click();
		await page.getByRole('button', { name: 'Bank statement' }).click();
		await expect(page).toHaveURL(`/${entity}/import`);
		await expect(page.getByText('march.csv')).toBeVisible();
		await page.goBack();
		await page.getByRole('button', { name: 'Discard' }).click();
		await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
		await expect(page.getByText('Nothing is waiting')).toBeVisible();
	} finally {
		await context.close();
	}
});

/** Whether the device knows to whom it seals what is shared. */
async function isReady(): Promise<boolean> {
	for (const { name = '' } of await indexedDB.databases()) {
		const database = await new Promise<IDBDatabase>((resolve) => {
			const request = indexedDB.open(name);
			request.onsuccess = () => resolve(request.result);
		});
		const asked = database.transaction('texts').objectStore('texts').getKey('share-to');
		await new Promise((done) => (asked.onsuccess = done));
		database.close();
		if (asked.result !== undefined) return true;
	}
	return false;
}
