import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { toBase64url } from '../../../src/lib/crypto/base64url.ts';
import { sizeText } from '../../../src/lib/forms/files/size-text.ts';
import { thumbUrl } from '../../../src/lib/forms/files/thumb-url.ts';
import { letters } from '../../factories/pictures.ts';

test.each([
	[0, '0 bytes'],
	[999, '999 bytes'],
	[1000, '1 kB'],
	[3_400_000, '3.4 MB'],
	[123_456_789, '123 MB'],
	[4 * 1024 ** 3, '4.3 GB']
])('%i bytes are told as %s', (bytes, text) => {
	expect(sizeText(bytes, 'en-GB')).toBe(text);
});

test('a thumbnail is an address that holds the picture itself, and asks nobody for anything', () => {
	const jpeg = toBase64url(letters('\xff\xd8\xff\xe0\xfb\xff'));
	expect(thumbUrl(jpeg)).toBe(`data:image/jpeg;base64,${btoa('\xff\xd8\xff\xe0\xfb\xff')}`);
});

test('whatever else a record has in the place of a thumbnail is not drawn', () => {
	const others = ['https://example.org/a.jpg', '', '!', toBase64url(letters('<svg/>')), toBase64url(letters('GIF89a'))];
	for (const other of others) expect(thumbUrl(other), other).toBeNull();
});

test('what reads PDFs makes no code out of text', () => {
	for (const name of ['pdf.mjs', 'pdf.worker.mjs']) {
		const source = readFileSync(`node_modules/pdfjs-dist/build/${name}`, 'utf8');
		expect(source.length).toBeGreaterThan(500_000);
		expect(source.match(/\beval\(|\bnew Function\(|[^.\w]Function\(["'`]/g), name).toBeNull();
	}
});
