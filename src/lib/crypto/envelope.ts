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
const sealedAt = headerSize + nonceSize;

/** How much longer an envelope is than its plain, in bytes. */
export const envelopeOverhead = sealedAt + tagSize;

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
	if (nonce.length !== nonceSize) throw new CryptoError('crypto/input');
	const aad = authenticated(header, place);
	const envelope = aead.allocate(envelopeOverhead + plain.length);
	writeHeader(header, envelope);
	envelope.set(nonce, headerSize);
	aead.seal(key, nonce, aad, plain, envelope.subarray(sealedAt));
	return envelope;
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
		if (readKeyNumber(header.layer, envelope) !== header.keyNumber) throw new CryptoError('crypto/cannot-open');
		const nonce = envelope.subarray(headerSize, sealedAt);
		return aead.open(key, nonce, authenticated(header, place), envelope.subarray(sealedAt));
	} catch {
		// A place that cannot exist and a tag that is wrong are the same to whoever tries.
		throw new CryptoError('crypto/cannot-open');
	}
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

function authenticated(header: Header, place: Place): Uint8Array {
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
