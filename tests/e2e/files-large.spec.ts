import { readFile } from 'node:fs/promises';
import { expect, test } from '../stage/browser-test.ts';
import { createAccount, newcomer } from '../stage/newcomer.ts';
import { act, attach, begin } from './with-files.ts';

// The app as it is installed.
test.use({ serviceWorkers: 'allow' });

test('a file too large for the memory passes through to the disk, and the page stays where it is', async ({
	page,
	baseURL
}) => {
	await begin(page, baseURL);
	await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 });
	const film = Buffer.alloc(33 * 1024 * 1024, 'a film');
	await attach(page, 'film.mov', 'video/quicktime', film);
	const begun = page.waitForEvent('download');
	await act(page, 'film.mov', 'Download');
	const download = await begun;
	expect(new URL(download.url()).pathname).toMatch(/^\/download\/[0-9a-f-]{36}$/);
	expect(download.suggestedFilename()).toBe('film.mov');
	expect(film.equals(await readFile(await download.path()))).toBe(true);
	await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Oven');
});

test('where the browser keeps nothing, an upload that is under way says that it ends with the window', async ({
	page
}) => {
	await page.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { value: undefined }));
	await createAccount(page, newcomer());
	await page.getByLabel('Name', { exact: true }).fill('Casa');
	await page.getByRole('button', { name: 'Create' }).click();
	await page.waitForURL(/\/[0-9a-f-]{36}$/);
	let goOn = (): void => undefined;
	const held = new Promise<void>((resolve) => (goOn = resolve));
	await page.route('**/api/contents/*/parts/0', async (route) => {
		await held;
		await route.continue();
	});
	// Without a load: the session is in this page's memory.
	await page.getByRole('link', { name: 'Papers' }).first().click();
	await page
		.getByRole('link', { name: /Contracts/ })
		.first()
		.click();
	await page
		.getByRole('link', { name: /Add contract/ })
		.first()
		.click();
	await page.locator('input[type=file][multiple]').setInputFiles({
		...{ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('words') }
	});
	const said = page.getByText('an upload ends when Arca is locked');
	await expect(said).toBeVisible();
	goOn();
	await expect(page.getByRole('button', { name: 'Open note.txt' })).toBeVisible();
	await expect(said).toHaveCount(0);
});
