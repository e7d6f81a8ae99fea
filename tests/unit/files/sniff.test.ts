import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinBytes } from '../../../src/lib/crypto/bytes.ts';
import { HEAD, readText, sniffHead } from '../../../src/lib/files/sniff.ts';
import type { Shown } from '../../../src/lib/files/sniff.ts';
import { letters } from '../../factories/pictures.ts';

const heads: readonly (readonly [Shown, string])[] = [
	['image/jpeg', '\xff\xd8\xff\xe1'],
	['image/png', '\x89PNG\r\n\x1a\n'],
	['image/webp', 'RIFF\x10\0\0\0WEBPVP8 '],
	['image/gif', 'GIF89a'],
	['image/avif', '\0\0\0\x1cftypavif'],
	['application/pdf', '%PDF-1.7'],
	['audio/mpeg', 'ID3\x04'],
	['audio/mpeg', '\xff\xfb\x90\x64'],
	['audio/mp4', '\0\0\0\x1cftypM4A '],
	['audio/ogg', 'OggS\0'],
	['audio/wav', 'RIFF\x10\0\0\0WAVEfmt ']
];

test.each(heads)('%s is known by its first bytes', (type, head) => {
	expect(sniffHead(joinBytes(letters(head), new Uint8Array(HEAD)))).toBe(type);
});

test('what runs in a page, archives, films and programs are not among what is shown', () => {
	const others = [
		'<svg xmlns',
		'<!doctype html>',
		'PK\x03\x04',
		'\x7fELF',
		'MZ',
		'\0\0\0\x18ftypmp42',
		'RIFF....AVI ',
		''
	];
	for (const other of others) expect(sniffHead(letters(other)), other).toBeNull();
});

test('text is UTF-8 without control characters', () => {
	expect(readText(new TextEncoder().encode('Año 2026\n\tsin más'))).toBe('Año 2026\n\tsin más');
	expect(readText(letters('a\0b'))).toBeNull();
	expect(readText(letters('caf\xe9'))).toBeNull();
});

test('markup is not shown as text either', () => {
	for (const page of ['<svg/>', '  <html>', '\ufeff<?xml?>', '\n<!DOCTYPE html>'])
		expect(readText(new TextEncoder().encode(page)), page).toBeNull();
});

test('any bytes are sniffed without an error', () => {
	fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => void [sniffHead(bytes), readText(bytes)]));
});
