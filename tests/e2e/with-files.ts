import { expect, type Page } from '../stage/browser-test.ts';
import { atHome } from './at-home.ts';

/** A record with files, not saved yet. */
export async function begin(page: Page, baseURL: string | undefined): Promise<string> {
	const { entity } = await atHome(page, baseURL);
	await page.goto(`/${entity}/administration/contract/new`);
	await page.getByLabel('Name', { exact: true }).fill('Oven');
	await page.getByLabel('With').fill('Ana');
	return entity;
}

export async function attach(page: Page, name: string, mimeType: string, bytes: Uint8Array): Promise<void> {
	const input = page.locator('input[type=file][multiple]');
	await input.setInputFiles({ name, mimeType, buffer: Buffer.from(bytes) });
	await expect(row(page, name)).toBeVisible({ timeout: 60_000 });
}

export const row = (page: Page, name: string) => page.getByRole('button', { name: `Open ${name}` });

/** Chooses from the menu of a file. */
export async function act(page: Page, name: string, deed: string): Promise<void> {
	await page.getByRole('button', { name: `More for ${name}` }).press('Enter');
	await page.getByRole('menuitem', { name: deed }).press('Enter');
}

/** Within the page: takes away the parts of files that this device has. */
export async function forgetParts(): Promise<void> {
	for (const { name = '' } of await indexedDB.databases()) {
		const database = await new Promise<IDBDatabase>((resolve) => {
			const request = indexedDB.open(name);
			request.onsuccess = () => resolve(request.result);
		});
		const stores = [...database.objectStoreNames].filter((store) => /part/i.test(store));
		if (stores.length > 0) {
			const change = database.transaction(stores, 'readwrite');
			for (const store of stores) change.objectStore(store).clear();
			await new Promise((done) => (change.oncomplete = done));
		}
		database.close();
	}
}

/** A picture that this browser draws, of 300 by 200 pixels. */
export async function drawnPhoto(page: Page): Promise<Uint8Array<ArrayBuffer>> {
	const drawn = await page.evaluate(async () => {
		const canvas = new OffscreenCanvas(300, 200);
		const pen = canvas.getContext('2d');
		if (pen) [pen.fillStyle] = ['#1d5a3c'];
		pen?.fillRect(20, 20, 200, 100);
		const blob = await canvas.convertToBlob({ type: 'image/jpeg' });
		return [...new Uint8Array(await blob.arrayBuffer())];
	});
	return Uint8Array.from(drawn);
}
