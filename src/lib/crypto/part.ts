// A part of a file under a user layer is a STREAM (Hoang, Reyhanitabar, Rogaway, Vizár, "Online Authenticated-Encryption
// and its Nonce-Reuse Misuse-Resistance", CRYPTO 2015): chunks that open one after another, none of them in another's
// place, and a last one that says so.
import { openAesGcm, sealAesGcm } from './aes-gcm.ts';
import { tagSize } from './aead.ts';
import { joinBytes, randomBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';
import { labels } from './labels.ts';
import { letGo } from './let-go.ts';
import { isU32, writeU32 } from './u32.ts';
import { toUtf8 } from './utf8.ts';
import { uuidBytes } from './uuid.ts';

/** Bytes of a chunk of content, and of a part: sixteen chunks. The last ones of a file are shorter. */
export const chunkSize = 262_144;
export const partSize = 16 * chunkSize;

const prefixSize = 7;
/** Version 1, and chunks of 2^18 bytes. */
const format = [0x01, 0x12];
const headerSize = format.length + prefixSize;
const sealedChunkSize = chunkSize + tagSize;

/** What a chunk is bound to. Tests take single bonds out, to show what each of them stops. */
export const chunkBinding = { chunkNonce, chunkAad };

/** Which part of which content is meant. */
export interface PartPlace {
	/** The content's id, a UUID in lower case: each attempt at a file has its own. */
	content: string;
	/** From 0 on. */
	part: number;
}

/** A content key in use: its 32 bytes as an AES-256-GCM key that cannot be exported. */
export async function contentKey(bytes: Bytes): Promise<CryptoKey> {
	if (bytes.length !== 32) throw new CryptoError('crypto/input');
	return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** Bytes of a sealed part that holds `size` bytes of content. */
export function sealedPartSize(size: number): number {
	return headerSize + size + chunksOf(size) * tagSize;
}

/** What a part is sealed with besides its key. */
export interface Sealing {
	/** 7 bytes, drawn anew for each part; only the published vectors give their own. */
	prefix?: Bytes;
	/** Memory to write to and to return, as long as the sealed part: the content may stand at its end. By default its own. */
	into?: Bytes;
	bind?: typeof chunkBinding;
}

/**
 * Seals one part of a file: `01 12 prefix(7)`, then its chunks.
 * @param content at most `partSize` bytes.
 * @throws CryptoError `crypto/input` when there are more, or the place is one that the format has no room for.
 */
export async function sealPart(
	key: CryptoKey,
	place: PartPlace,
	content: Bytes,
	{ prefix = randomBytes(prefixSize), into, bind = chunkBinding }: Sealing = {}
): Promise<Bytes> {
	if (content.length > partSize || prefix.length !== prefixSize) throw new CryptoError('crypto/input');
	const sealed = into ?? new Uint8Array(sealedPartSize(content.length));
	if (sealed.length !== sealedPartSize(content.length)) throw new CryptoError('crypto/input');
	// What stands at the end is read before it is written over: chunks move towards the front, the first furthest.
	sealed.set([...format, ...prefix]);
	const aad = bind.chunkAad(sealed.subarray(0, headerSize), place);
	const last = chunksOf(content.length) - 1;
	for (let index = 0; index <= last; index++) {
		const chunk = content.subarray(index * chunkSize, (index + 1) * chunkSize);
		// One after another: calls in flight gain nothing and hold memory.
		const made = await sealAesGcm(key, bind.chunkNonce(prefix, index, index === last), aad, chunk);
		sealed.set(made, headerSize + index * sealedChunkSize);
		letGo(made);
	}
	return sealed;
}

/**
 * Opens one part, a chunk at a time: each that is handed out is authenticated. Who wants the whole reads to the end.
 * @param size the bytes of content that the file's record says this part has.
 * @param sealed of which nothing is looked at again once its chunk was handed out: the chunks may be put together there.
 * @throws CryptoError `crypto/cannot-open` at the first chunk that does not fit, whatever it was.
 */
export async function* openPart(
	key: CryptoKey,
	place: PartPlace,
	size: number,
	sealed: Bytes,
	bind = chunkBinding
): AsyncGenerator<Bytes, void, undefined> {
	const header = sealed.subarray(0, headerSize);
	const fits = size <= partSize && sealed.length === sealedPartSize(size);
	if (!fits || format.some((byte, at) => header[at] !== byte)) throw new CryptoError('crypto/cannot-open');
	const aad = bind.chunkAad(header, place);
	const prefix = header.slice(format.length);
	const last = chunksOf(size) - 1;
	for (let index = 0; index <= last; index++) {
		const from = headerSize + index * sealedChunkSize;
		const chunk = sealed.subarray(from, from + sealedChunkSize);
		yield await openAesGcm(key, bind.chunkNonce(prefix, index, index === last), aad, chunk);
	}
}

function chunksOf(size: number): number {
	return Math.max(1, Math.ceil(size / chunkSize));
}

/** "arca/1 part" 0 header, content id, part u32 */
function chunkAad(header: Bytes, { content, part }: PartPlace): Bytes {
	if (!isU32(part)) throw new CryptoError('crypto/input');
	const number = new Uint8Array(4);
	writeU32(part, number, 0);
	return joinBytes(toUtf8(`${labels.part}\0`), header, uuidBytes(content), number);
}

/** prefix(7), index u32, last u8 */
function chunkNonce(prefix: Uint8Array, index: number, last: boolean): Bytes {
	const nonce = new Uint8Array(prefixSize + 5);
	nonce.set(prefix);
	writeU32(index, nonce, prefixSize);
	nonce[prefixSize + 4] = last ? 1 : 0;
	return nonce;
}
