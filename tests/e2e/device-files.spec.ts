import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { openBenchPage } from '../stage/bench-page.ts';
import type {} from './pages/device-files.ts';

/** A text as it may stand in a file: UTF-8, UTF-16, hexadecimal, and inside base64 and base64url at any of the three offsets. */
function spellings(text: string): Buffer[] {
	const bytes = Buffer.from(text);
	const within = [0, 1, 2].map((offset) => {
		const base64 = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
		// The characters at both ends are made of what stands beside the text too.
		return base64.slice(offset && offset + 1, base64.length - 4);
	});
	const url = within.map((base64) => base64.replaceAll('+', '-').replaceAll('/', '_'));
	const hex = bytes.toString('hex');
	const utf16 = [Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()];
	return [bytes, ...utf16, ...[hex, hex.toUpperCase(), ...within, ...url].map((spelt) => Buffer.from(spelt))];
}

/** The files under a folder that hold a text in any spelling. */
function filesWith(folder: string, text: string): string[] {
	const wanted = spellings(text);
	return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => {
		if (!statSync(join(folder, path)).isFile()) return false;
		const content = readFileSync(join(folder, path));
		return wanted.some((spelling) => content.includes(spelling));
	});
}

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
