// AES-256-GCM by WebCrypto: what the browser seals with. The server has its own behind `Aead`.
import { nonceSize, tagSize } from './aead.ts';
import { randomBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';
import { beginEnvelope, borrowAuthenticated, envelopeOverhead, readNonce, sealedAt } from './envelope.ts';
import type { Header } from './envelope.ts';
import type { Place } from './place.ts';

/** Nonces are drawn by so many at once: to ask the generator costs a quarter of a short sealing. */
const drawnAtOnce = 64;
let drawn = new Uint8Array();

/** 12 bytes for one sealing, given once. Random ones are safe for 2^32 sealings with a key. */
export function drawNonce(): Bytes {
	if (drawn.length === 0) drawn = randomBytes(nonceSize * drawnAtOnce);
	const nonce = drawn.subarray(0, nonceSize);
	drawn = drawn.subarray(nonceSize);
	return nonce;
}

/** Ciphertext and tag. The nonce is 12 bytes, never used with this key before. */
export async function sealAesGcm(key: CryptoKey, nonce: Bytes, aad: Bytes, plain: Bytes): Promise<Bytes> {
	return new Uint8Array(await crypto.subtle.encrypt(parameters(nonce, aad), key, plain));
}

/**
 * The plain of ciphertext and tag.
 * @throws CryptoError `crypto/cannot-open`, whatever it was that did not fit.
 */
export async function openAesGcm(key: CryptoKey, nonce: Bytes, aad: Bytes, sealed: Bytes): Promise<Bytes> {
	try {
		return new Uint8Array(await crypto.subtle.decrypt(parameters(nonce, aad), key, sealed));
	} catch {
		throw new CryptoError('crypto/cannot-open');
	}
}

/**
 * `sealEnvelope` by WebCrypto: seals bytes in their place.
 * @param nonce drawn here; only the published vectors give their own.
 * @param envelope the memory to write to and return, as long as the envelope; it may hold the plain. By default its own
 * @throws CryptoError `crypto/input` on a header or place that the format has no room for.
 */
export async function sealInPlace(
	key: CryptoKey,
	header: Header,
	place: Place,
	plain: Bytes,
	nonce = drawNonce(),
	envelope?: Bytes
): Promise<Bytes> {
	const aad = borrowAuthenticated(header, place);
	const sealed = new Uint8Array(await crypto.subtle.encrypt(parameters(nonce, aad), key, plain));
	const written = beginEnvelope(header, nonce, envelope ?? new Uint8Array(envelopeOverhead + plain.length));
	written.set(sealed, sealedAt);
	return written;
}

/**
 * `openEnvelope` by WebCrypto: the plain of an envelope sealed with this key, under this header, in this place.
 * @throws CryptoError `crypto/cannot-open`, whatever it was that did not fit.
 */
export function openInPlace(key: CryptoKey, header: Header, place: Place, envelope: Bytes): Promise<Bytes> {
	try {
		const given = parameters(readNonce(header, envelope), borrowAuthenticated(header, place));
		// Not `async`: among ten thousand, a promise less each is felt.
		return crypto.subtle.decrypt(given, key, envelope.subarray(sealedAt)).then(bytesOf, cannotOpen);
	} catch {
		// A place that cannot exist and a tag that is wrong are the same to whoever tries.
		return Promise.reject(new CryptoError('crypto/cannot-open'));
	}
}

const bytesOf = (memory: ArrayBuffer): Bytes => new Uint8Array(memory);

function cannotOpen(): never {
	throw new CryptoError('crypto/cannot-open');
}

/** What is lent may be in it: WebCrypto copies all that it is given before it returns (section 18.4.4 of its specification). */
function parameters(iv: Bytes, additionalData: Bytes): AesGcmParams {
	return { name: 'AES-GCM', iv, additionalData, tagLength: tagSize * 8 };
}
