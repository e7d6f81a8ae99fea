import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { Download, Page } from '@playwright/test';
import { openBenchPage } from '../stage/bench-page.ts';
import type {} from './pages/downloads.ts';

test.use({ serviceWorkers: 'allow' });

const PIECE = 262_144;

/** A page with the part of the service worker that hands files over. */
async function withWorker(use: (page: Page) => Promise<void>): Promise<void> {
	const bench = await openBenchPage('tests/e2e/pages/downloads.ts');
	try {
		await bench.page.evaluate(() => downloads.start());
		await bench.page.reload();
		await use(bench.page);
	} finally {
		await bench.close();
	}
}

test.describe('a file on its way to the disk', () => {
	test('arrives whole under its own name, which no address has', async () => {
		await withWorker(async (page) => {
			const begun = page.waitForEvent('download');
			const saving = page.evaluate(() => downloads.save('Análisis “2026”/7.pdf', 40));
			const download = await begun;
			expect(await saving).toBe('saved');
			expect(download.suggestedFilename()).toBe('Análisis “2026”_7.pdf');
			expect(download.url()).toMatch(/\/download\/[0-9a-f-]{36}$/);
			expect(await hashOf(download)).toBe(hashOfPieces(40));
			// The page is where it was; and the address gives nothing a second time.
			expect(page.url()).toMatch(/\/$/);
			expect(await page.evaluate(async () => (await fetch(downloads.path)).status)).toBe(204);
		});
	});

	test('begins before the page has all of it', async () => {
		await withWorker(async (page) => {
			const begun = page.waitForEvent('download');
			const saving = page.evaluate(() => downloads.save('long.bin', 600, { holdAt: 300 }));
			const download = await begun;
			await expect.poll(() => page.evaluate(() => downloads.asked)).toBe(301);
			await page.evaluate(() => dispatchEvent(new Event('go')));
			expect(await saving).toBe('saved');
			expect(await hashOf(download)).toBe(hashOfPieces(600));
		});
	});

	test('that turns out not to be right half way leaves no finished download', async () => {
		await withWorker(async (page) => {
			const begun = page.waitForEvent('download');
			const saving = page.evaluate(() => downloads.save('damaged.bin', 60, { failAt: 30 }));
			const download = await begun;
			expect(await saving).toBe('failed');
			expect(await download.failure()).not.toBeNull();
		});
	});

	test('that somebody stops in the browser is asked for no more', async () => {
		await withWorker(async (page) => {
			const begun = page.waitForEvent('download');
			const saving = page.evaluate(() => downloads.save('stopped.bin', 60, { holdAt: 20 }));
			await (await begun).cancel();
			await page.evaluate(() => dispatchEvent(new Event('go')));
			expect(await saving).toBe('stopped');
			expect(await page.evaluate(() => downloads.asked)).toBeLessThan(60);
		});
	});
});

async function hashOf(download: Download): Promise<string> {
	return createHash('sha256')
		.update(await readFile(await download.path()))
		.digest('hex');
}

function hashOfPieces(count: number): string {
	const hash = createHash('sha256');
	for (let number = 0; number < count; number++) hash.update(Buffer.alloc(PIECE, number));
	return hash.digest('hex');
}
