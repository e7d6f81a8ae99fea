import { openInPlace, sealInPlace } from '../crypto/aes-gcm.ts';
import type { Header } from '../crypto/envelope.ts';
import type { Place } from '../crypto/place.ts';

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
	nonce?: Uint8Array<ArrayBuffer>
): Promise<Uint8Array<ArrayBuffer>> {
	return sealInPlace(key, header, placeOf(place), plain, nonce);
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
	return openInPlace(key, header, placeOf(place), envelope);
}

function placeOf({ entity, object, writes, name = '' }: CachePlace): Place {
	return { purpose: 'cache', entity, domain: name, object, revision: BigInt(writes) };
}
