// The ideas of the age test kit (C2SP CCTV, age, `stream_*`) about our own parts. What is opened is built here by another
// cipher, chunk by chunk as the kit does, with the bit for the last one wherever it is wanted.
import { createCipheriv, randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Bytes } from '../../../src/lib/crypto/bytes.ts';
import { chunkSize, contentKey, openPart, sealedPartSize } from '../../../src/lib/crypto/part.ts';
import { expectLaterRefusal } from './refusals.ts';

const raw = randomBytes(32);
const key = await contentKey(new Uint8Array(raw));
const place = { content: randomUUID(), part: 3 };
const prefix = randomBytes(7);
const header = Buffer.concat([Buffer.from([0x01, 0x12]), prefix]);
const full = chunkSize;

/** So many bytes of content; the number of the chunk is in each. */
const contentOf = (size: number, index: number): Buffer => Buffer.alloc(size, index + 1);

function chunk(size: number, index: number, last: boolean): Buffer {
	const nonce = Buffer.concat([prefix, Buffer.from([0, 0, 0, index, last ? 1 : 0])]);
	const id = Buffer.from(place.content.replaceAll('-', ''), 'hex');
	const cipher = createCipheriv('aes-256-gcm', raw, nonce);
	cipher.setAAD(Buffer.concat([Buffer.from('arca/1 part\0'), header, id, Buffer.from([0, 0, 0, place.part])]));
	const sealed = cipher.update(contentOf(size, index));
	cipher.final();
	return Buffer.concat([sealed, cipher.getAuthTag()]);
}

/** Chunks of these sizes, each marked as the last one or not; then what else is put behind them. */
const part = (chunks: readonly (readonly [size: number, last: 'last' | 'more'])[], behind = Buffer.alloc(0)): Bytes =>
	new Uint8Array(
		Buffer.concat([header, ...chunks.map(([size, mark], at) => chunk(size, at, mark === 'last')), behind])
	);
const more = (count: number) => Array.from({ length: count }, () => [full, 'more'] as const);
const last = (size: number) => [size, 'last'] as const;
const flipped = (sealed: Bytes): Bytes => sealed.with(-1, (sealed.at(-1) ?? 0) ^ 0b0010_0000);

/** Reads a part; gives how many bytes of content came out before it ended, and how. */
async function read(size: number, sealed: Bytes): Promise<{ shown: Buffer; thrown: unknown }> {
	const shown: Bytes[] = [];
	try {
		for await (const one of openPart(key, place, size, sealed)) shown.push(one);
		return { shown: Buffer.concat(shown), thrown: null };
	} catch (thrown) {
		return { shown: Buffer.concat(shown), thrown };
	}
}

/** Every size that a record may tell so that bytes of this length could be a part at all, and those of its chunks. */
function sizesFor(sealed: Bytes, sizes: readonly number[]): Set<number> {
	const fitting = Array.from({ length: 18 }, (_, chunks) => sealed.length - header.length - 16 * chunks);
	return new Set([...fitting.filter((size) => size >= 0 && sealedPartSize(size) === sealed.length), ...sizes]);
}

const right: [idea: string, sizes: number[]][] = [
	['stream_empty_payload', [0]],
	['stream_last_chunk_full', [full]],
	['stream_two_chunks, stream_last_chunk_full_second', [full, full]],
	['stream_three_chunks', [full, full, full]],
	// A part has sixteen at most, where the kit passes the first byte of a counter.
	['stream_257_chunks', [...Array.from({ length: 15 }, () => full), 1]],
	['stream_257_chunks_full', Array.from({ length: 16 }, () => full)]
];

/** What is stored, and how many bytes of content may have been handed out before it is refused. */
const wrong: [idea: string, sealed: Bytes, most: number][] = [
	['stream_258_chunks', part([...more(16), last(1)]), 0],
	['stream_bad_tag', flipped(part([last(3)])), 0],
	['stream_bad_tag_second_chunk', flipped(part([...more(1), last(1)])), full],
	['stream_bad_tag_second_chunk_full', flipped(part([...more(1), last(full)])), full],
	['stream_last_chunk_empty', part([...more(1), last(0)]), full],
	['stream_missing_tag', part([last(3)]).subarray(0, -16), 0],
	['stream_no_chunks', part([]), 0],
	['stream_no_final', part([[1, 'more']]), 0],
	['stream_no_final_full', part(more(1)), full],
	['stream_no_final_two_chunks', part([...more(1), [1, 'more']]), full],
	['stream_no_final_two_chunks_full', part(more(2)), 2 * full],
	['stream_no_nonce', new Uint8Array(header.subarray(0, 2)), 0],
	['stream_short_nonce', new Uint8Array(header.subarray(0, 7)), 0],
	['stream_short_chunk', part([], randomBytes(12)), 0],
	['stream_short_second_chunk', part(more(1), randomBytes(12)), full],
	['stream_trailing_garbage_long', part([last(full)], randomBytes(20)), full],
	['stream_trailing_garbage_short', part([last(full)], randomBytes(12)), full],
	['stream_two_final_chunks', part([last(full), last(1)]), full],
	['stream_two_final_chunks_full', part([last(full), last(full)]), full],
	['stream_two_final_chunks_second', part([...more(1), last(full), last(1)]), 2 * full],
	['stream_two_final_chunks_short', part([last(1), last(1)]), 0]
];

describe('of the age test kit', () => {
	test.each(wrong)(
		'%s is refused, whatever size the record tells, and only what is right comes out before',
		async (...of) => {
			const [, sealed, most] = of;
			for (const size of sizesFor(sealed, [
				0,
				1,
				3,
				full,
				full + 1,
				2 * full,
				2 * full + 1,
				16 * full,
				16 * full + 1
			])) {
				const { shown, thrown } = await read(size, sealed);
				await expectLaterRefusal(
					'crypto/cannot-open',
					thrown instanceof Error ? Promise.reject(thrown) : Promise.resolve()
				);
				expect(shown.length).toBeLessThanOrEqual(most);
				expect(shown.equals(Buffer.concat([contentOf(full, 0), contentOf(full, 1)]).subarray(0, shown.length))).toBe(
					true
				);
			}
		}
	);

	test.each(right)('%s opens', async (_, sizes) => {
		const sealed = part(sizes.map((size, at) => [size, at === sizes.length - 1 ? 'last' : 'more'] as const));
		const { shown, thrown } = await read(
			sizes.reduce((sum, size) => sum + size, 0),
			sealed
		);
		expect(thrown).toBeNull();
		expect(shown.equals(Buffer.concat(sizes.map(contentOf)))).toBe(true);
	});
});
