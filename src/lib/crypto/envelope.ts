import { nonceSize, tagSize } from './aead.ts';
import type { Aead } from './aead.ts';
import { CryptoError } from './crypto-error.ts';
import { borrowPlaceBytes } from './place.ts';
import type { Place } from './place.ts';
import { isU32, readU32, writeU32 } from './u32.ts';

/** `U` is sealed in the browser with a key of the user layer, `S` by the server with one of the system layer. */
export type Layer = 'U' | 'S';

/** Which key sealed an envelope: its layer, and the key's number in it (a u32: a generation, or a system key's id). */
export interface Header {
	layer: Layer;
	keyNumber: number;
}

const version = 1;
const layerBytes = { U: 0x55, S: 0x53 } as const;
const headerSize = 6;

/** Where an envelope's ciphertext begins. */
export const sealedAt = headerSize + nonceSize;

/** How much longer an envelope is than its plain, in bytes. */
export const envelopeOverhead = sealedAt + tagSize;

/** Bytes that an envelope has before and after the plain that it is sealed over. */
export const envelopeRoom = { before: sealedAt, after: tagSize } as const;

/**
 * Seals bytes in their place: `01 | layer | key number u32 | nonce(12) | ciphertext, tag(16)`.
 * @param nonce 12 fresh random bytes, never used with this key before.
 * @throws CryptoError `crypto/input` on a header, place or nonce that the format has no room for.
 */
export function sealEnvelope<Key>(
	aead: Aead<Key>,
	key: Key,
	header: Header,
	place: Place,
	nonce: Uint8Array,
	plain: Uint8Array
): Uint8Array {
	const aad = borrowAuthenticated(header, place);
	const envelope = beginEnvelope(header, nonce, aead.allocate(envelopeOverhead + plain.length));
	aead.seal(key, nonce, aad, plain, envelope.subarray(sealedAt));
	return envelope;
}

/**
 * Writes what stands before an envelope's ciphertext. For a cipher that answers later (WebCrypto): what it makes of
 * `borrowAuthenticated` and the plain belongs at `sealedAt`.
 * @param nonce 12 fresh random bytes, never used with this key before.
 * @param envelope the bytes to write to, as long as the whole envelope; they are returned.
 * @throws CryptoError `crypto/input` on a header or nonce that the format has no room for.
 */
export function beginEnvelope<Bytes extends Uint8Array>(header: Header, nonce: Uint8Array, envelope: Bytes): Bytes {
	if (nonce.length !== nonceSize) throw new CryptoError('crypto/input');
	writeHeader(header, envelope);
	envelope.set(nonce, headerSize);
	return envelope;
}

/** Where the plain stands in the memory of its envelope before it is sealed: the ciphertext takes its place. */
export function plainWithin<Memory extends ArrayBufferLike>(envelope: Uint8Array<Memory>): Uint8Array<Memory> {
	return envelope.subarray(sealedAt, envelope.length - tagSize);
}

/**
 * Opens an envelope that must have been sealed with this key, under this header, in this place.
 * @returns the plain.
 * @throws CryptoError `crypto/cannot-open`, whatever it was that did not fit.
 */
export function openEnvelope<Key>(
	aead: Aead<Key>,
	key: Key,
	header: Header,
	place: Place,
	envelope: Uint8Array
): Uint8Array {
	try {
		const nonce = readNonce(header, envelope);
		return aead.open(key, nonce, borrowAuthenticated(header, place), envelope.subarray(sealedAt));
	} catch {
		// A place that cannot exist and a tag that is wrong are the same to whoever tries.
		throw new CryptoError('crypto/cannot-open');
	}
}

/**
 * The nonce of an envelope that says it was sealed under this header; its ciphertext follows from `sealedAt` on.
 * @throws CryptoError `crypto/cannot-open` when the bytes are no envelope of this layer and key number.
 */
export function readNonce<Bytes extends ArrayBufferLike>(
	header: Header,
	envelope: Uint8Array<Bytes>
): Uint8Array<Bytes> {
	if (readKeyNumber(header.layer, envelope) !== header.keyNumber) throw new CryptoError('crypto/cannot-open');
	return envelope.subarray(headerSize, sealedAt);
}

/**
 * The number of the key that an envelope says it was sealed with: a claim, until it has opened with that key.
 * @throws CryptoError `crypto/cannot-open` when the bytes are no envelope of this layer.
 */
export function readKeyNumber(layer: Layer, envelope: Uint8Array): number {
	if (envelope.length < envelopeOverhead || envelope[0] !== version || envelope[1] !== layerBytes[layer])
		throw new CryptoError('crypto/cannot-open');
	return readU32(envelope, 2);
}

/**
 * The bytes that are authenticated with an envelope. They are lent: the next call writes over them.
 * @throws CryptoError `crypto/input` on a header or place that the format has no room for.
 */
export function borrowAuthenticated(header: Header, place: Place): Uint8Array<ArrayBuffer> {
	const aad = borrowPlaceBytes(headerSize, place);
	writeHeader(header, aad);
	return aad;
}

function writeHeader({ layer, keyNumber }: Header, out: Uint8Array): void {
	if (!isU32(keyNumber)) throw new CryptoError('crypto/input');
	out[0] = version;
	out[1] = layerBytes[layer];
	writeU32(keyNumber, out, 2);
}
