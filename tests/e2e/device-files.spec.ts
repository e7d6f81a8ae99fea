import { expect, test } from '@playwright/test';
import { openBenchPage } from '../stage/bench-page.ts';
import { filesWith, spellings } from '../stage/disk-search.ts';
import type {} from './pages/device-files.ts';

test.describe('what a browser keeps on the disk', () => {
	test('the search finds a text in each of its spellings, at any place', () => {
		const content = Buffer.from('Núñez-1b7a-4f');
		const utf16 = Buffer.from(content.toString(), 'utf16le');
		const base64 = (before: string): Buffer =>
			Buffer.from(Buffer.from(`${before}${content.toString()}!`).toString('base64'));
		const places = [content, utf16, Buffer.from(content.toString('hex')), base64(''), base64('x'), base64('xy')];
		for (const place of places)
			expect(spellings(content.toString()).some((spelling) => place.includes(spelling))).toBe(true);
	});

	test('no file holds a record, a change, a draft or a token in the clear, and the key is not to be had', async () => {
		const bench = await openBenchPage('tests/e2e/pages/device-files.ts');
		try {
			const [secret, planted] = ['Núñez-kept-71c05e2f', 'Núñez-planted-88ab03d4'];
			expect(await bench.page.evaluate((text) => deviceFiles.keep(text), secret)).toBeGreaterThanOrEqual(400);
			await bench.page.evaluate((text) => deviceFiles.plant(text), planted);
			expect(await bench.page.evaluate(() => deviceFiles.exportedKeys())).toBe(0);
			await bench.endBrowser();
			expect(filesWith(bench.profile, planted), 'a planted one is found').not.toEqual([]);
			expect(filesWith(bench.profile, secret)).toEqual([]);
		} finally {
			await bench.close();
		}
	});
});
