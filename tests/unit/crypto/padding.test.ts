import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { padText, unpadText } from '../../../src/lib/crypto/padded-text.ts';
import { pad, paddedSize, smallestSize, unpad } from '../../../src/lib/crypto/padding.ts';
import { expectRefusal } from './refusals.ts';
import { runs } from './soak.ts';

/** The rule in the words of the format, with logarithms and masks in whole numbers. */
function sizeByTheRule(length: number): number {
	if (length <= 256) return 256;
	const exponent = BigInt(length.toString(2).length - 1);
	const kept = BigInt(exponent.toString(2).length);
	const mask = (1n << (exponent - kept)) - 1n;
	return Number((BigInt(length) + mask) & ~mask);
}

describe('the padded size', () => {
	test('is that of the rule, for every length up to 100,000 and any above', () => {
		for (let length = 0; length <= 100_000; length++) expect(paddedSize(length)).toBe(sizeByTheRule(length));
		const property = fc.property(fc.nat(0xffffffff), (length) => {
			expect(paddedSize(length)).toBe(sizeByTheRule(length));
		});
		fc.assert(property, runs);
	});

	test('holds the content, is its own padded size, and adds at most 12 % above 256 bytes', () => {
		const property = fc.property(fc.integer({ min: 257, max: 2 ** 31 }), (length) => {
			const size = paddedSize(length);
			expect(size).toBeGreaterThanOrEqual(length);
			expect(paddedSize(size)).toBe(size);
			expect(size).toBeLessThanOrEqual(length * 1.12);
		});
		fc.assert(property, runs);
	});

	test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 32])('of %d bytes does not exist', (length) => {
		expectRefusal('crypto/input', () => paddedSize(length));
	});
});

describe('padding', () => {
	test('gives the content back, whatever was in the bytes that it was written to', () => {
		const property = fc.property(fc.uint8Array({ maxLength: 3000 }), (content) => {
			const padded = pad(content, (size) => new Uint8Array(size).fill(0xaa));
			expect(padded).toEqual(pad(content));
			expect(padded.length).toBe(paddedSize(4 + content.length));
			expect(unpad(padded)).toEqual(content);
		});
		fc.assert(property, runs);
	});

	test('is strict: what opens is exactly what padding makes of it', () => {
		const changed = fc.record({
			content: fc.uint8Array({ maxLength: 600 }),
			at: fc.nat(700),
			to: fc.nat(255),
			longer: fc.nat(40)
		});
		const property = fc.property(changed, ({ content, at, to, longer }) => {
			const bytes = Buffer.concat([pad(content), Buffer.alloc(longer)]);
			bytes[at % bytes.length] = to;
			try {
				expect(Buffer.from(pad(unpad(bytes))).equals(bytes)).toBe(true);
			} catch (error) {
				expect(error).toMatchObject({ code: 'crypto/cannot-open' });
			}
		});
		fc.assert(property, runs);
	});

	test('makes all short contents one size', () => {
		const sizes = new Set(Array.from({ length: 253 }, (_, length) => pad(new Uint8Array(length)).length));
		expect([...sizes]).toEqual([smallestSize]);
	});
});

describe('padded text', () => {
	test('is given back to the character', () => {
		const property = fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
			expect(unpadText(padText(text))).toBe(text);
		});
		fc.assert(property, runs);
	});

	test('that is not UTF-8 does not open', () => {
		expectRefusal('crypto/cannot-open', () => unpadText(pad(Uint8Array.of(0x22, 0xff, 0x22))));
	});
});
