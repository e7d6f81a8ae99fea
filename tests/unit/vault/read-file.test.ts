import { createDecipheriv } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { toBase64url } from '../../../src/lib/crypto/base64url.ts';
import { randomBytes } from '../../../src/lib/crypto/bytes.ts';
import type { Bytes } from '../../../src/lib/crypto/bytes.ts';
import { contentDigest } from '../../../src/lib/crypto/content-digest.ts';
import { sha256 } from '../../../src/lib/crypto/digest.ts';
import { chunkBinding, chunkSize, openPart, partSize, sealPart } from '../../../src/lib/crypto/part.ts';
import { fromUtf8, toUtf8 } from '../../../src/lib/crypto/utf8.ts';
import { FileKeys, partFormat } from '../../../src/lib/keys/file-keys.ts';
import { contentChecks, readFile } from '../../../src/lib/vault/files/read-file.ts';
import type { UploadPorts } from '../../../src/lib/vault/files/upload-ports.ts';

const content = '00000000-0000-4000-8000-0000000000c1';
const [header, sealedChunk] = [9, chunkSize + 16];
const plain = randomBytes(64 * 1024);
const file = new Uint8Array(partSize + 3 * chunkSize);
for (let at = 0; at < file.length; at += plain.length)
	file.set(
		plain.map((byte) => byte ^ (at >> 16)),
		at
	);

/** A file of two parts under a user layer, whose server gives out what it likes. */
async function uploaded(format = partFormat) {
	const raw = randomBytes(32);
	const files = new FileKeys(format);
	const body = toUtf8(JSON.stringify({ values: { key: toBase64url(raw) } }));
	await files.hide([body]);
	const { key } = (JSON.parse(fromUtf8(body)) as { values: { key: string } }).values;
	const parts: Bytes[] = [];
	for (const part of [0, 1])
		parts.push((await files.seal({ key, content, part }, file.slice(part * partSize, (part + 1) * partSize))).bytes);
	const digest = toBase64url(await contentDigest(await Promise.all(parts.map((part) => sha256(part)))));
	const values = { content, size: file.length, parts: 2, key, digest };
	/** Reads it from a server that has these parts; gives what was shown, and why it ended. */
	const read = async (served: readonly Bytes[], checks = contentChecks) => {
		const ports = {
			client: {
				call: (_: string, { params }: { params: { n: string } }) => Promise.resolve(served[Number(params.n)]?.slice())
			},
			store: { parts: { get: () => Promise.resolve(null), put: () => Promise.resolve() } },
			keys: () => ({ openPart: files.open.bind(files) }),
			signal: new AbortController().signal
		} as unknown as UploadPorts;
		const shown: Buffer[] = [];
		try {
			for await (const part of readFile(ports, { domain: 'health', values }, checks)) shown.push(Buffer.from(part));
			return { shown, end: 'whole' };
		} catch (error) {
			return { shown, end: (error as { code: string }).code };
		}
	};
	return { raw, parts: parts as [Bytes, Bytes], read };
}

const anyDigest = { ...contentChecks, sameDigest: () => true };

/** Parts and chunks that only this binds to their place. */
function formatWith(bind: typeof chunkBinding): typeof partFormat {
	return {
		sealPart: (key, place, bytes, sealing) => sealPart(key, place, bytes, { ...sealing, bind }),
		openPart: (key, place, size, sealed) => openPart(key, place, size, sealed, bind)
	};
}

function exchangeChunks(part: Bytes): Bytes {
	const [one, other] = [0, 1].map((at) => part.slice(header + at * sealedChunk, header + (at + 1) * sealedChunk));
	const changed = part.slice();
	changed.set(other ?? [], header);
	changed.set(one ?? [], header + sealedChunk);
	return changed;
}

describe('a file whose server has the system keys', () => {
	test('opens to nothing where chunks change places, and without what binds them it would', async () => {
		const honest = await uploaded();
		const [first, second] = honest.parts;
		expect(await honest.read([exchangeChunks(first), second], anyDigest)).toEqual({
			shown: [],
			end: 'crypto/cannot-open'
		});
		const right = await honest.read(honest.parts);
		expect([right.end, Buffer.concat(right.shown).equals(file)]).toEqual(['whole', true]);

		const chunkNonce = (prefix: Uint8Array, _: number, last: boolean) => chunkBinding.chunkNonce(prefix, 0, last);
		const loose = await uploaded(formatWith({ ...chunkBinding, chunkNonce }));
		const mixed = await loose.read([exchangeChunks(loose.parts[0]), loose.parts[1]], anyDigest);
		expect(mixed.end).toBe('whole');
		expect(mixed.shown[0]?.subarray(0, chunkSize).equals(file.subarray(chunkSize, 2 * chunkSize))).toBe(true);
	});

	test('opens to nothing where parts change places, and without what binds them it would', async () => {
		const swap = async (format?: typeof partFormat) => {
			const { parts, read } = await uploaded(format);
			return (await read([parts[0], parts[0].slice(0, parts[1].length)], anyDigest)).end;
		};
		expect(await swap()).toBe('crypto/cannot-open');
		const chunkNonce = (prefix: Uint8Array, index: number) => chunkBinding.chunkNonce(prefix, index, false);
		expect(await swap(formatWith({ chunkAad: () => new Uint8Array(), chunkNonce }))).toBe('whole');
	});

	test('shows nothing of a part that is damaged, and a reader that does not wait for the tag would', async () => {
		const { parts, read } = await uploaded();
		const [first, second] = parts;
		const damaged = first.with(header + sealedChunk + 5, (first[header + sealedChunk + 5] ?? 0) ^ 1);
		expect(await read([damaged, second], anyDigest)).toEqual({ shown: [], end: 'crypto/cannot-open' });
		expect((await read(parts)).end).toBe('whole');

		const hasty = await uploaded({ ...partFormat, openPart: (...asked) => openAtOnce(hasty.raw, asked[3]) });
		const target = hasty.parts[0].with(header + sealedChunk + 5, (hasty.parts[0][header + sealedChunk + 5] ?? 0) ^ 1);
		const { shown } = await hasty.read([target, hasty.parts[1]], anyDigest);
		expect(shown[0]?.length).toBe(partSize);
		expect(shown[0]?.[chunkSize + 5]).toBe((file[chunkSize + 5] ?? 0) ^ 1);
	});
});

/** The chunks of a part as they come: AES-256 in counter mode, as GCM has it (NIST SP 800-38D), and its tags left alone. */
async function* openAtOnce(raw: Bytes, sealed: Bytes): AsyncGenerator<Bytes, void, undefined> {
	const prefix = sealed.slice(2, header);
	for (let from = header, index = 0; from < sealed.length; from += sealedChunk, index++) {
		const last = from + sealedChunk >= sealed.length;
		const nonce = chunkBinding.chunkNonce(prefix, index, last);
		const counter = createDecipheriv('aes-256-ctr', raw, Buffer.concat([nonce, Buffer.from([0, 0, 0, 2])]));
		yield new Uint8Array(counter.update(sealed.slice(from, Math.min(from + sealedChunk, sealed.length) - 16)));
		await Promise.resolve();
	}
}
