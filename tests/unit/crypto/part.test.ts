import { createHash, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { joinBytes, randomBytes } from '../../../src/lib/crypto/bytes.ts';
import type { Bytes } from '../../../src/lib/crypto/bytes.ts';
import { contentDigest } from '../../../src/lib/crypto/content-digest.ts';
import { readFileContent, writeFileContent } from '../../../src/lib/crypto/file-content.ts';
import type { FileContent } from '../../../src/lib/crypto/file-content.ts';
import { contentChecks, openContent } from '../../../src/lib/crypto/open-content.ts';
import {
	chunkBinding,
	chunkSize,
	contentKey,
	openPart,
	partSize,
	sealedPartSize,
	sealPart
} from '../../../src/lib/crypto/part.ts';
import { collect, openByHand } from './part-runners.ts';
import { expectLaterRefusal, expectRefusal } from './refusals.ts';
import { slowRuns } from './soak.ts';

const sha256 = (bytes: Uint8Array): Bytes => new Uint8Array(createHash('sha256').update(bytes).digest());
const raw = randomBytes(32);
const key = await contentKey(raw);
const place = { content: randomUUID(), part: 0 };
const header = 9;
const sealedChunk = chunkSize + 16;
const lastChunk = 100;
/** Content of two full chunks and a short one, at no two places the same. */
const content = new Uint8Array(2 * chunkSize + lastChunk);
for (let at = 0; at < content.length; at++) content[at] = (at * 7 + (at >> 8) + (at >> 16)) & 0xff;

const openAll = async (size: number, sealed: Bytes, bind = chunkBinding, at = place): Promise<Bytes> =>
	collect(openPart(key, at, size, sealed, bind));
/** The chunks of a sealed part. */
const chunksOf = (sealed: Bytes): Bytes[] =>
	[0, 1, 2].map((at) => sealed.subarray(header + at * sealedChunk, header + (at + 1) * sealedChunk));

describe('a part', () => {
	test('of any size is as long as it is said to be, and opens to its bytes, by either implementation', async () => {
		const edges = fc
			.constantFrom(0, 1, 2)
			.chain((chunks) => fc.integer({ min: -2, max: 2 }).map((by) => Math.max(0, chunks * chunkSize + by)));
		const property = fc.asyncProperty(fc.oneof(edges, fc.nat(2000)), fc.nat(2 ** 32 - 1), async (size, part) => {
			const bytes = content.subarray(0, Math.min(size, content.length));
			const at = { content: place.content, part };
			const sealed = await sealPart(key, at, bytes);
			expect(sealed.length).toBe(sealedPartSize(bytes.length));
			expect(Buffer.from(await openAll(bytes.length, sealed, chunkBinding, at)).equals(bytes)).toBe(true);
			expect(openByHand(raw, at.content, part, sealed).equals(bytes)).toBe(true);
		});
		await fc.assert(property, slowRuns);
	});

	test('sealed again has another prefix, and longer than 4 MiB it is not made', async () => {
		const sealed = await Promise.all(Array.from({ length: 50 }, () => sealPart(key, place, new Uint8Array(1))));
		expect(new Set(sealed.map((bytes) => Buffer.from(bytes.subarray(0, header)).toString('hex'))).size).toBe(50);
		await expectLaterRefusal('crypto/input', sealPart(key, place, new Uint8Array(partSize + 1)));
		await expectLaterRefusal('crypto/input', contentKey(new Uint8Array(31)));
		await expectLaterRefusal('crypto/cannot-open', openAll(partSize + 1, new Uint8Array(sealedPartSize(partSize + 1))));
	});

	test('is handed out a chunk at a time: what comes before a damaged one, and nothing of it or after it', async () => {
		const sealed = await sealPart(key, place, content);
		const damaged = sealed.with(header + sealedChunk + 5, (sealed[header + sealedChunk + 5] ?? 0) ^ 1);
		const shown: Bytes[] = [];
		const reading = (async () => {
			for await (const chunk of openPart(key, place, content.length, damaged)) shown.push(chunk);
		})();
		await expectLaterRefusal('crypto/cannot-open', reading);
		expect(shown.map(({ length }) => length)).toEqual([chunkSize]);
		expect(await openAll(content.length, sealed)).toEqual(content);
	});
});

describe('what is done to the chunks of a part is refused, and only what binds them stands in its way', () => {
	/** Refused; and by a format that lacks one bond, and says nothing of sizes that are the same, opened. */
	async function stoppedBy(
		bond: Partial<typeof chunkBinding>,
		change: (sealed: Bytes) => Bytes,
		size = content.length
	): Promise<void> {
		const honest = await sealPart(key, place, content);
		await expectLaterRefusal('crypto/cannot-open', openAll(size, change(honest)));
		expect(await openAll(content.length, honest)).toEqual(content);
		const lax = { ...chunkBinding, ...bond };
		const loose = await sealPart(key, place, content, { bind: lax });
		await expect(openAll(size, change(loose), lax)).resolves.toHaveLength(size);
	}
	const withoutIndex = {
		chunkNonce: (prefix: Uint8Array, _: number, last: boolean) => chunkBinding.chunkNonce(prefix, 0, last)
	};
	const withoutLast = {
		chunkNonce: (prefix: Uint8Array, index: number) => chunkBinding.chunkNonce(prefix, index, false)
	};
	const cut = (sealed: Bytes, ...chunks: number[]): Bytes =>
		joinBytes(sealed.subarray(0, header), ...chunks.map((at) => chunksOf(sealed)[at] ?? new Uint8Array()));

	test('chunks in another order', async () => {
		await stoppedBy(withoutIndex, (sealed) => cut(sealed, 1, 0, 2));
	});

	test('a chunk twice, in the place of another', async () => {
		await stoppedBy(withoutIndex, (sealed) => cut(sealed, 0, 0, 2));
	});

	test('the last chunk cut off, and the size to match', async () => {
		await stoppedBy(withoutLast, (sealed) => cut(sealed, 0, 1), 2 * chunkSize);
	});

	test('a chunk of another part, or of other content, under the same prefix', async () => {
		const [other, elsewhere] = [
			{ ...place, part: 1 },
			{ ...place, content: randomUUID() }
		];
		const prefix = randomBytes(7);
		for (const at of [other, elsewhere]) {
			for (const bind of [chunkBinding, { ...chunkBinding, chunkAad: () => new Uint8Array() }]) {
				const [mine, theirs] = [
					await sealPart(key, place, content, { prefix, bind }),
					await sealPart(key, at, content, { prefix, bind })
				];
				const mixed = joinBytes(mine.subarray(0, header + sealedChunk), theirs.subarray(header + sealedChunk));
				if (bind === chunkBinding) await expectLaterRefusal('crypto/cannot-open', openAll(content.length, mixed));
				else expect(await openAll(content.length, mixed, bind)).toEqual(content);
			}
		}
	});

	test('bytes after the last, another size, another version, another chunk size', async () => {
		const sealed = await sealPart(key, place, content);
		for (const changed of [
			joinBytes(sealed, new Uint8Array(1)),
			joinBytes(sealed, sealed),
			sealed.subarray(0, -1),
			sealed.with(0, 2),
			sealed.with(1, 0x10)
		])
			await expectLaterRefusal('crypto/cannot-open', openAll(content.length, changed));
		for (const size of [0, content.length - 1, content.length + 1, 3 * chunkSize])
			await expectLaterRefusal('crypto/cannot-open', openAll(size, sealed));
		expect(await openAll(content.length, sealed)).toEqual(content);
	});
});

describe('a file of two parts', () => {
	const whole = joinBytes(...Array.from({ length: 8 }, () => content)).subarray(0, partSize + 3);
	const attempts: Bytes[][] = [];
	let file: FileContent;

	beforeAll(async () => {
		for (let attempt = 0; attempt < 2; attempt++) {
			const parts = [whole.subarray(0, partSize), whole.subarray(partSize)];
			attempts.push(await Promise.all(parts.map((bytes, part) => sealPart(key, { ...place, part }, bytes))));
		}
		const digest = await contentDigest((attempts[0] ?? []).map(sha256));
		file = { content: place.content, size: whole.length, parts: 2, key: raw, digest };
	});
	const part = (attempt: number, at: number): Bytes => attempts[attempt]?.[at] ?? new Uint8Array();
	const open = async (parts: Bytes[], checks = contentChecks): Promise<Bytes> =>
		collect(openContent(file, parts, checks));

	test('opens to its bytes when its parts are all there, in order', async () => {
		expect(Buffer.from(await open([part(0, 0), part(0, 1)])).equals(whole)).toBe(true);
		await expectLaterRefusal('crypto/cannot-open', open([part(0, 1), part(0, 0)]));
		await expectLaterRefusal('crypto/cannot-open', open([part(0, 0), part(0, 1), part(0, 1)]));
		await expectLaterRefusal('crypto/cannot-open', open([]));
	});

	test('with parts of two attempts is refused by its digest, though each part is right', async () => {
		const mixed = [part(0, 0), part(1, 1)];
		await expectLaterRefusal('crypto/cannot-open', open(mixed));
		expect(await open(mixed, { ...contentChecks, hasDigest: () => Promise.resolve(true) })).toHaveLength(whole.length);
	});

	test('without its last part is refused by the count of parts, and by its digest', async () => {
		const [hasAllParts, hasDigest] = [() => true, () => Promise.resolve(true)];
		for (const checks of [contentChecks, { ...contentChecks, hasAllParts }, { ...contentChecks, hasDigest }])
			await expectLaterRefusal('crypto/cannot-open', open([part(0, 0)], checks));
		expect(await open([part(0, 0)], { hasAllParts, hasDigest })).toHaveLength(partSize);
	});
});

describe('what a record says of its file', () => {
	const described = { content: place.content, size: partSize + 1, parts: 2, key: raw, digest: randomBytes(32) };
	const values = { ...writeFileContent(described), name: 'scan.pdf' };

	test('is read as it was written, with a key under a user layer and without one elsewhere', () => {
		expect(readFileContent(values, true)).toEqual(described);
		const { key: _, ...plain } = values;
		expect(readFileContent(plain, false)).toEqual({ ...described, key: undefined });
		expectRefusal('crypto/cannot-open', () => readFileContent(values, false));
		expectRefusal('crypto/cannot-open', () => readFileContent(plain, true));
	});

	test.each<[string, Record<string, unknown>]>([
		['a part too few', { parts: 1 }],
		['a part too many', { parts: 3 }],
		['no part', { size: 0, parts: 0 }],
		['a negative size', { size: -1, parts: 1 }],
		['half a byte', { size: 0.5, parts: 1 }],
		['a size that is text', { size: '1', parts: 1 }],
		['content that is no id', { content: 'scan' }],
		['a short key', { key: 'AAAA' }],
		['a key that is not base64url', { key: '=' }],
		['a digest that is a number', { digest: 7 }]
	])('is refused with %s', (_, change) => {
		expectRefusal('crypto/cannot-open', () => readFileContent({ ...values, ...change }, true));
		expect(readFileContent(values, true)).toEqual(described);
	});
});
