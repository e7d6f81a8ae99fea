import { createHash } from 'node:crypto';
import { gcm } from '@noble/ciphers/aes.js';
import { expect } from 'vitest';
import { joinBytes } from '../../../src/lib/crypto/bytes.ts';
import type { Bytes } from '../../../src/lib/crypto/bytes.ts';
import { contentDigest } from '../../../src/lib/crypto/content-digest.ts';
import { partsOf, readFileContent, sizeOfPart } from '../../../src/lib/crypto/file-content.ts';
import { openContent } from '../../../src/lib/crypto/open-content.ts';
import { contentKey, openPart, partSize, sealedPartSize, sealPart } from '../../../src/lib/crypto/part.ts';
import { fromHexText } from './cast.ts';
import { number, text, vectorNamed } from './vectors.ts';
import type { Vector } from './vectors.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const sha256 = (bytes: Uint8Array): Bytes => new Uint8Array(createHash('sha256').update(bytes).digest());
const base64url = (vector: Vector, input: string): string =>
	Buffer.from(text(vector, input), 'hex').toString('base64url');
const bytesOf = (vector: Vector, input: string): Bytes => fromHexText(text(vector, input));

/** SHA-256(seed || u32 0) || SHA-256(seed || u32 1) || … cut to `size`. */
function contentOf(vector: Vector): Bytes {
	const [seed, size] = [bytesOf(vector, 'contentSeed'), number(vector, 'size')];
	const content = new Uint8Array(Math.ceil(size / 32) * 32);
	for (let at = 0; at < size; at += 32) {
		const count = Buffer.alloc(4);
		count.writeUInt32BE(at / 32);
		content.set(sha256(Buffer.concat([seed, count])), at);
	}
	return content.subarray(0, size);
}

/** All that a generator hands out. */
export async function collect(chunks: AsyncIterable<Bytes>): Promise<Bytes> {
	const all: Bytes[] = [];
	for await (const chunk of chunks) all.push(chunk);
	return joinBytes(...all);
}

/** A part opened by a second author's cipher, with the format spelled out. */
export function openByHand(key: Uint8Array, content: string, part: number, sealed: Uint8Array): Buffer {
	const numbers = Buffer.alloc(4);
	numbers.writeUInt32BE(part);
	const header = sealed.subarray(0, 9);
	const id = Buffer.from(content.replaceAll('-', ''), 'hex');
	const aad = Buffer.concat([Buffer.from('arca/1 part\0'), header, id, numbers]);
	const opened: Uint8Array[] = [];
	for (let at = 9, index = 0; at < sealed.length; at += 262_160, index++) {
		const nonce = Buffer.concat([
			header.subarray(2),
			Buffer.from([0, 0, 0, index, at + 262_160 >= sealed.length ? 1 : 0])
		]);
		opened.push(gcm(key, nonce, aad).decrypt(sealed.subarray(at, at + 262_160)));
	}
	return Buffer.concat(opened);
}

async function part(vector: Vector): Promise<void> {
	const [content, place] = [contentOf(vector), { content: text(vector, 'content'), part: number(vector, 'part') }];
	const key = await contentKey(bytesOf(vector, 'key'));
	const sealed = await sealPart(key, place, content, { prefix: bytesOf(vector, 'prefix') });
	const expected = vector.expect as { size: number; sha256: string; sealed?: string };
	expect(sealedPartSize(content.length)).toBe(expected.size);
	expect(hex(sealed)).toBe(expected.sealed);
	expect(hex(sha256(sealed))).toBe(expected.sha256);
	expect(hex(openByHand(bytesOf(vector, 'key'), place.content, place.part, sealed))).toBe(hex(content));
}

async function openOne(vector: Vector): Promise<string> {
	const key = await contentKey(bytesOf(vector, 'key'));
	const place = { content: text(vector, 'content'), part: number(vector, 'part') };
	return hex(await collect(openPart(key, place, number(vector, 'size'), bytesOf(vector, 'sealed'))));
}

/** The parts of the file that a vector describes, before the system layer. Sealing is not repeated for each vector. */
const kept = new Map<string, Promise<Bytes[]>>();
function partsOfFile(vector: Vector): Promise<Bytes[]> {
	const made = kept.get(vector.name) ?? sealFile(vector);
	kept.set(vector.name, made);
	return made;
}

async function sealFile(vector: Vector): Promise<Bytes[]> {
	const content = contentOf(vector);
	const pieces = Array.from({ length: partsOf(content.length) }, (_, at) =>
		content.subarray(at * partSize, (at + 1) * partSize)
	);
	if (vector['key'] === undefined) return pieces;
	const key = await contentKey(bytesOf(vector, 'key'));
	const prefixes = (vector['prefixes'] as string[]).map(fromHexText);
	const id = text(vector, 'content');
	return Promise.all(
		pieces.map((piece, at) => sealPart(key, { content: id, part: at }, piece, { prefix: prefixes[at] }))
	);
}

async function file(vector: Vector): Promise<void> {
	const parts = await partsOfFile(vector);
	const described = parts.map((bytes) => ({ size: bytes.length, sha256: hex(sha256(bytes)) }));
	const digest = hex(await contentDigest(parts.map(sha256)));
	const contentSha256 = hex(sha256(contentOf(vector)));
	expect({ contentSha256, parts: described, digest }).toEqual(vector.expect);
	const [size, count] = [number(vector, 'size'), parts.length];
	expect(parts.reduce((sum, _, at) => sum + sizeOfPart({ size, parts: count }, at), 0)).toBe(size);
}

interface Piece {
	of: string;
	part: number;
	from: number;
	to: number;
}

/** The stored objects of a vector: pieces of other vectors' parts, joined, with single bytes changed. */
async function storedParts(vector: Vector): Promise<Bytes[]> {
	const parts: Bytes[] = [];
	for (const pieces of vector['stored'] as Piece[][]) {
		const cut: Bytes[] = [];
		for (const { of, part: from, ...range } of pieces) {
			const whole = (await partsOfFile(vectorNamed('part', of)))[from];
			if (!whole) throw new Error(`${of} has no part ${from}`);
			cut.push(whole.subarray(range.from, range.to));
		}
		parts.push(joinBytes(...cut));
	}
	for (const { part: at, at: index, byte } of (vector['xor'] ?? []) as { part: number; at: number; byte: number }[]) {
		const bytes = parts[at];
		if (bytes) bytes[index] = (bytes[index] ?? 0) ^ byte;
	}
	return parts;
}

async function open(vector: Vector): Promise<string> {
	const values = {
		...{ content: text(vector, 'content'), size: number(vector, 'size'), parts: number(vector, 'parts') },
		...(vector['key'] !== undefined && { key: base64url(vector, 'key') }),
		digest: base64url(vector, 'digest')
	};
	const described = readFileContent(values, vector['key'] !== undefined);
	return hex(sha256(await collect(openContent(described, await storedParts(vector)))));
}

function opening(right: string, run: (vector: Vector) => Promise<string>) {
	return async (vector: Vector): Promise<void> => {
		const good = vector.expect === 'refuse' ? vectorNamed('part', right) : vector;
		if (vector.expect === 'refuse') await expect(run(vector)).rejects.toMatchObject({ code: 'crypto/cannot-open' });
		expect(await run(good)).toBe(good.expect);
	};
}

export const partRunners = {
	part,
	'open-part': opening('a part opens', openOne),
	file,
	open: opening('262145 bytes: opens', open)
};
