import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Aead } from '../../../src/lib/crypto/aead.ts';
import { openEnvelope, readKeyNumber, sealEnvelope } from '../../../src/lib/crypto/envelope.ts';
import type { Header, Layer } from '../../../src/lib/crypto/envelope.ts';
import { borrowPlaceBytes } from '../../../src/lib/crypto/place.ts';
import type { Place, Purpose } from '../../../src/lib/crypto/place.ts';
import { aesGcm } from '../../../src/lib/server/system-layer/aes-gcm.ts';
import { implementations, node, noble } from './implementations.ts';
import { expectRefusal } from './refusals.ts';
import { runs } from './soak.ts';

const purposes: Purpose[] = ['record', 'file', 'entity', 'bundle', 'two-factor', 'credential', 'cache'];
const header: Header = { layer: 'S', keyNumber: 7 };
const place: Place = {
	purpose: 'record',
	entity: '0596c739-8fcc-4ba5-b955-c0d8f3cd317d',
	domain: 'finances',
	object: '8c46389a-349e-4e89-a23f-24c2eab824a7',
	revision: 3n
};
const key = randomBytes(32);
const nonce = randomBytes(12);
const plain = randomBytes(70);

const anyPlace: fc.Arbitrary<Place> = fc.record({
	purpose: fc.constantFrom(...purposes),
	entity: fc.uuid(),
	domain: fc.string({ unit: 'grapheme' }).filter((domain) => !domain.includes('\0')),
	object: fc.uuid(),
	revision: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
});
const anyHeader: fc.Arbitrary<Header> = fc.record({
	layer: fc.constantFrom<Layer>('U', 'S'),
	keyNumber: fc.nat(0xffffffff)
});

describe.each(implementations)('an envelope sealed by $name', ({ seal }) => {
	test('opens in its place with either implementation, which seal the same bytes', () => {
		const contents = fc.uint8Array({ maxLength: 700 });
		const property = fc.property(anyHeader, anyPlace, contents, (someHeader, somePlace, content) => {
			const envelope = seal(key, someHeader, somePlace, nonce, content);
			expect(envelope.length).toBe(34 + content.length);
			expect(readKeyNumber(someHeader.layer, envelope)).toBe(someHeader.keyNumber);
			for (const { open } of implementations)
				expect(Buffer.from(open(key, someHeader, somePlace, envelope)).equals(content)).toBe(true);
		});
		fc.assert(property, runs);
	});

	test('is refused with one error at every flipped bit, at every cut and with a byte more', () => {
		const envelope = seal(key, header, place, nonce, plain);
		for (let bit = 0; bit < envelope.length * 8; bit++) {
			const flipped = Uint8Array.from(envelope);
			flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
			for (const { open } of implementations)
				expectRefusal('crypto/cannot-open', () => open(key, header, place, flipped));
		}
		for (let length = 0; length < envelope.length; length++)
			expectRefusal('crypto/cannot-open', () => node.open(key, header, place, envelope.subarray(0, length)));
		const longer = Buffer.concat([envelope, Buffer.alloc(1)]);
		expectRefusal('crypto/cannot-open', () => node.open(key, header, place, longer));
		expect(Buffer.from(node.open(key, header, place, envelope)).equals(plain)).toBe(true);
	});

	test('is refused under another key, and then opens under its own', () => {
		const envelope = seal(key, header, place, nonce, plain);
		for (const { open } of implementations) {
			expectRefusal('crypto/cannot-open', () => open(randomBytes(32), header, place, envelope));
			expect(Buffer.from(open(key, header, place, envelope)).equals(plain)).toBe(true);
		}
	});
});

describe('a place', () => {
	/** Two values of everything that places and headers differ in, in all combinations. */
	const spots = [0, 1].flatMap((a) =>
		[0, 1].flatMap((b) =>
			[0, 1].flatMap((c) =>
				[0, 1].flatMap((d) =>
					[0, 1].flatMap((e) =>
						[0, 1].map((f) => ({
							place: {
								purpose: (['record', 'file'] as const)[a as 0 | 1],
								entity: [place.entity, place.object][b] ?? '',
								domain: ['finances', 'health'][c] ?? '',
								object: [place.object, place.entity][d] ?? '',
								revision: BigInt(1 + e)
							},
							header: { layer: 'S' as const, keyNumber: 1 + f }
						}))
					)
				)
			)
		)
	);

	test('opens what was sealed there and nothing from any other record, entity, domain, revision, purpose or key number', () => {
		const sealed = spots.map((spot) => node.seal(key, spot.header, spot.place, nonce, plain));
		expect(sealed).toHaveLength(64);
		spots.forEach((spot, here) => {
			sealed.forEach((envelope, there) => {
				const open = () => node.open(key, spot.header, spot.place, envelope);
				if (here === there) expect(Buffer.from(open()).equals(plain)).toBe(true);
				else expectRefusal('crypto/cannot-open', open);
			});
		});
	});

	test('is what refuses them: without the authenticated place, moved bodies open', () => {
		const nowhere: Aead<ReturnType<typeof createSecretKey>> = {
			...aesGcm,
			seal: (by, once, _, content, out) => aesGcm.seal(by, once, Buffer.alloc(0), content, out),
			open: (by, once, _, sealed) => aesGcm.open(by, once, Buffer.alloc(0), sealed)
		};
		const secret = createSecretKey(key);
		const envelope = sealEnvelope(nowhere, secret, header, place, nonce, plain);
		const moved = { ...place, object: place.entity, revision: 9n };
		expect(Buffer.from(openEnvelope(nowhere, secret, header, moved, envelope)).equals(plain)).toBe(true);
		expectRefusal('crypto/cannot-open', () =>
			node.open(key, header, moved, node.seal(key, header, place, nonce, plain))
		);
	});

	test('has bytes of its own: no two places share them', () => {
		const near = fc.tuple(
			anyPlace,
			anyPlace,
			fc.constantFrom<keyof Place>('purpose', 'entity', 'domain', 'object', 'revision')
		);
		const property = fc.property(near, ([one, other, from]) => {
			const second = { ...one, [from]: other[from] };
			const [a, b] = [borrowPlaceBytes(6, one).slice(), borrowPlaceBytes(6, second).slice()];
			expect(Buffer.from(a).equals(b)).toBe(one[from] === other[from]);
		});
		fc.assert(property, runs);
	});

	test('is not confused with the one before it', () => {
		const apart = borrowPlaceBytes(6, place).slice();
		borrowPlaceBytes(6, { ...place, domain: 'health' });
		borrowPlaceBytes(2, place);
		expect(() => borrowPlaceBytes(6, { ...place, object: 'broken' })).toThrow();
		expect(borrowPlaceBytes(6, place)).toEqual(apart);
	});

	test.each<[string, Partial<Record<keyof Place, unknown>>]>([
		['a zero character in the domain', { domain: 'heal\0th' }],
		['half a character in the domain', { domain: '\ud800' }],
		['an unknown purpose', { purpose: 'note' }],
		['a purpose that every object has', { purpose: 'toString' }],
		['an entity in upper case', { entity: place.entity.toUpperCase() }],
		['no object', { object: '' }],
		['a negative revision', { revision: -1n }],
		['a revision of 2^64', { revision: 2n ** 64n }],
		['a revision that is no bigint', { revision: 1 }]
	])('with %s is refused: nothing is sealed there and nothing opens there', (_, change) => {
		const impossible = { ...place, ...change } as Place;
		const envelope = node.seal(key, header, place, nonce, plain);
		expectRefusal('crypto/input', () => node.seal(key, header, impossible, nonce, plain));
		expectRefusal('crypto/cannot-open', () => node.open(key, header, impossible, envelope));
		expect(Buffer.from(node.open(key, header, place, envelope)).equals(plain)).toBe(true);
	});
});

describe('sealing', () => {
	test.each([0, 11, 13, 16])('refuses a nonce of %d bytes', (length) => {
		for (const { seal } of [node, noble])
			expectRefusal('crypto/input', () => seal(key, header, place, new Uint8Array(length), plain));
	});

	test.each([-1, 1.5, 2 ** 32, Number.NaN])('refuses the key number %d', (keyNumber) => {
		expectRefusal('crypto/input', () => node.seal(key, { layer: 'S', keyNumber }, place, nonce, plain));
	});
});

test('bytes of the other layer have no key number in this one', () => {
	const envelope = node.seal(key, header, place, nonce, plain);
	expect(readKeyNumber('S', envelope)).toBe(7);
	expectRefusal('crypto/cannot-open', () => readKeyNumber('U', envelope));
	expectRefusal('crypto/cannot-open', () => readKeyNumber('S', envelope.subarray(0, 33)));
});
