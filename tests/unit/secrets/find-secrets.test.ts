import { randomBytes } from 'node:crypto';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { searchFor } from '../../secrets/find-secrets.ts';

const password = 'Núñez "six\\quiet" words 4 Ana!';
const key = Buffer.from('00ff3e3f7c9a0b1dfbefbe115e2f41c07e6a77d5528b4c01f3a6f90d1c2e3b4a', 'hex');
const search = searchFor([
	{ name: 'the password', value: password },
	{ name: 'the key', value: key }
]);

const percent = (bytes: Uint8Array, upper = true): string => {
	const pairs = Buffer.from(bytes).toString('hex').match(/../g) ?? [];
	return pairs.map((pair) => `%${upper ? pair.toUpperCase() : pair}`).join('');
};
const escaped = (text: string): string =>
	[...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
const around = (inner: Uint8Array, before = 'before'): Buffer =>
	Buffer.concat([Buffer.from(before), inner, Buffer.from('after')]);

const ofBytes: Record<string, (bytes: Buffer) => string | Uint8Array> = {
	raw: (bytes) => around(bytes),
	hex: (bytes) => `x${bytes.toString('hex')}x`,
	HEX: (bytes) => `x${bytes.toString('hex').toUpperCase()}x`,
	'base64, alone': (bytes) => bytes.toString('base64'),
	'base64, one byte before': (bytes) => around(bytes, 'b').toString('base64'),
	'base64, two bytes before': (bytes) => around(bytes, 'bb').toString('base64'),
	'base64url, alone': (bytes) => bytes.toString('base64url'),
	'base64url, one byte before': (bytes) => around(bytes, 'b').toString('base64url'),
	'base64url, two bytes before': (bytes) => around(bytes, 'bb').toString('base64url'),
	'base64, percent-encoded': (bytes) => encodeURIComponent(bytes.toString('base64')),
	'percent-encoded': (bytes) => `?q=${percent(bytes)}&r`,
	'percent-encoded in small letters': (bytes) => `?q=${percent(bytes, false)}&r`,
	'a list of numbers': (bytes) => JSON.stringify({ key: [...bytes] }),
	'an object of numbers': (bytes) => JSON.stringify({ key: new Uint8Array(bytes) }),
	'base64 in two-byte letters': (bytes) => Buffer.from(bytes.toString('base64'), 'utf16le'),
	gzip: (bytes) => gzipSync(around(bytes)),
	'gzip in the middle': (bytes) => around(gzipSync(around(bytes))),
	zlib: (bytes) => deflateSync(around(bytes)),
	'zlib in the middle': (bytes) => around(deflateSync(around(bytes))),
	deflate: (bytes) => deflateRawSync(around(bytes)),
	Brotli: (bytes) => brotliCompressSync(around(bytes)),
	'gzip that was cut off': (bytes) => gzipSync(around(Buffer.concat([bytes, randomBytes(600)]))).subarray(0, -200),
	'base64 in JSON in gzip': (bytes) => gzipSync(JSON.stringify({ a: around(bytes).toString('base64') })),
	'gzip in base64 in JSON': (bytes) => JSON.stringify({ a: gzipSync(bytes).toString('base64') }),
	'base64 of base64': (bytes) => Buffer.from(bytes.toString('base64')).toString('base64')
};
const ofText: Record<string, (text: string) => string | Uint8Array> = {
	'JSON-escaped': (text) => JSON.stringify({ text }),
	'JSON in JSON': (text) => JSON.stringify({ text: JSON.stringify({ text }) }),
	'JSON, each letter escaped': (text) => `{"text":"${escaped(text)}"}`,
	'a query': (text) => `/list?${new URLSearchParams({ q: text }).toString()}`,
	'a path': (text) => `/list/${encodeURIComponent(text)}/end`,
	'UTF-16': (text) => Buffer.from(text, 'utf16le'),
	'Latin-1': (text) => Buffer.from(text, 'latin1'),
	'JSON in Brotli': (text) => brotliCompressSync(JSON.stringify({ text }))
};

describe('the search for secrets', () => {
	test.each(Object.keys(ofBytes))('finds a key and a password, and no other, written as: %s', (how) => {
		const write = ofBytes[how] ?? String;
		expect(search(write(key))).toContainEqual(expect.stringMatching(/^the key: /));
		expect(search(write(Buffer.from(password)))).toContainEqual(expect.stringMatching(/^the password: /));
		const other = Buffer.from(key).fill(7, 12, 14);
		expect(search(write(other))).toEqual([]);
	});

	test.each(Object.keys(ofText))('finds a password, and no other, written as: %s', (how) => {
		const write = ofText[how] ?? String;
		expect(search(write(password))).not.toEqual([]);
		expect(search(write(password.replace('quiet', 'quick')))).toEqual([]);
	});

	test('finds any secret at any place of anything, as it is and in base64', () => {
		const bytes = (minLength: number) => fc.uint8Array({ minLength, maxLength: 40 });
		fc.assert(
			fc.property(bytes(6), bytes(0), bytes(0), (value, before, after) => {
				const find = searchFor([{ name: 'it', value }], false);
				const whole = Buffer.concat([before, value, after]);
				for (const text of [whole, whole.toString('base64'), whole.toString('base64url'), whole.toString('hex')])
					if (find(text).length === 0) return false;
				return true;
			}),
			{ numRuns: 200 }
		);
	});

	test('finds nothing in noise, and refuses to look for what is in everything', () => {
		expect(search(randomBytes(200_000))).toEqual([]);
		expect(() => searchFor([{ name: 'a PIN', value: '1234' }])).toThrow('a PIN is too short');
	});
});
