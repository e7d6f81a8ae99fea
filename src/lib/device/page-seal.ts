import { nonceSize, tagSize } from '../crypto/aead.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { beginEnvelope, borrowAuthenticated, envelopeOverhead, readNonce, sealedAt } from '../crypto/envelope.ts';
import type { Header } from '../crypto/envelope.ts';
import type { Place } from '../crypto/place.ts';
import { fromUtf8, toUtf8 } from '../crypto/utf8.ts';

/** Where something that this device keeps belongs: it opens nowhere else. */
export interface CachePlace {
	/** The entity's id, or `noEntity`. */
	entity: string;
	/** The id of the page, change or report; `noEntity` for a text, which `name` tells apart. */
	object: string;
	/** How often it was written: 1 at first. */
	writes: number | bigint;
	/** A text's name; a page, change and report have none. */
	name?: string;
}

const header: Header = { layer: 'U', keyNumber: 0 };

/**
 * Seals bytes for this device: the envelope "cache page" of `lib/crypto/README.md`.
 * @param key what `cacheKey` gives
 * @param nonce 12 random bytes, drawn here; only the published vectors give their own
 * @throws CryptoError `crypto/input` on a place that the format has no room for
 */
export async function sealCached(
	key: CryptoKey,
	place: CachePlace,
	plain: Uint8Array<ArrayBuffer>,
	nonce: Uint8Array<ArrayBuffer> = crypto.getRandomValues(new Uint8Array(nonceSize))
): Promise<Uint8Array<ArrayBuffer>> {
	const envelope = beginEnvelope(header, nonce, new Uint8Array(envelopeOverhead + plain.length));
	envelope.set(new Uint8Array(await crypto.subtle.encrypt(algorithm(place, nonce), key, plain)), sealedAt);
	return envelope;
}

/**
 * The bytes of an envelope that `sealCached` made with this key for this place.
 * @throws CryptoError `crypto/cannot-open`, whatever it was that did not fit
 */
export async function openCached(
	key: CryptoKey,
	place: CachePlace,
	envelope: Uint8Array<ArrayBuffer>
): Promise<Uint8Array<ArrayBuffer>> {
	try {
		const opened = crypto.subtle.decrypt(
			algorithm(place, readNonce(header, envelope)),
			key,
			envelope.subarray(sealedAt)
		);
		return new Uint8Array(await opened);
	} catch {
		throw new CryptoError('crypto/cannot-open');
	}
}

/** Seals a text, such as the JSON of a page. Takes and throws what `sealCached` does; a lone surrogate is refused. */
export async function sealCachedText(
	key: CryptoKey,
	place: CachePlace,
	text: string
): Promise<Uint8Array<ArrayBuffer>> {
	return sealCached(key, place, toUtf8(text));
}

/** The text of an envelope. Takes and throws what `openCached` does. */
export async function openCachedText(
	key: CryptoKey,
	place: CachePlace,
	envelope: Uint8Array<ArrayBuffer>
): Promise<string> {
	const plain = await openCached(key, place, envelope);
	try {
		return fromUtf8(plain);
	} catch {
		throw new CryptoError('crypto/cannot-open');
	}
}

function algorithm({ entity, object, writes, name = '' }: CachePlace, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
	const place: Place = { purpose: 'cache', entity, domain: name, object, revision: BigInt(writes) };
	// Copied, since WebCrypto answers later and the next call writes over what is lent.
	const additionalData = new Uint8Array(borrowAuthenticated(header, place));
	return { name: 'AES-GCM', iv, additionalData, tagLength: tagSize * 8 };
}
