import { readFile } from 'node:fs/promises';
import { expect, test } from '../stage/browser-test.ts';
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
