import { openInPlace, sealInPlace } from '../crypto/aes-gcm.ts';
import type { Bytes } from '../crypto/bytes.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { eachOf } from '../crypto/each-of.ts';
import { envelopeOverhead, readKeyNumber } from '../crypto/envelope.ts';
import { padTextWithRoom } from '../crypto/padded-text.ts';
import { unpad } from '../crypto/padding.ts';
import type { Place } from '../crypto/place.ts';
import { noEntity } from '../crypto/uuid.ts';

/** A key for what this device keeps, and its number here: the key number of what it seals. */
export interface LocalKey {
	readonly key: CryptoKey;
	readonly number: number;
}

/** The number of the key that an envelope says it was sealed with; 0 where it is none of ours. */
export function localNumber(sealed: Bytes): number {
	try {
		return readKeyNumber('U', sealed);
	} catch {
		return 0;
	}
}

/** A text as `sealTexts` takes it: padded, with room for its envelope. Throws CryptoError `crypto/input` on a lone surrogate. */
export function writeText(text: string): Bytes {
	return padTextWithRoom(text, envelopeOverhead);
}

/** Seals texts, each under its name; each envelope takes the memory of its text. */
export async function sealTexts(
	{ key, number }: LocalKey,
	texts: readonly { name: string; text: Bytes }[]
): Promise<Bytes[]> {
	const header = { layer: 'U', keyNumber: number } as const;
	return eachOf(texts, ({ name, text }) => {
		const plain = text.subarray(0, text.length - envelopeOverhead);
		return sealInPlace(key, header, placeOf(name), plain, undefined, text);
	});
}

/** The texts that `sealTexts` sealed with one of these keys; null for one that does not open under its name. */
export async function openTexts(
	keys: readonly LocalKey[],
	texts: readonly { name: string; sealed: Bytes }[]
): Promise<(Bytes | null)[]> {
	return eachOf(texts, async ({ name, sealed }) => {
		const number = localNumber(sealed);
		for (const one of keys) {
			const text = one.number === number ? await openText(one, name, sealed) : null;
			if (text !== null) return text;
		}
		return null;
	});
}

async function openText({ key, number }: LocalKey, name: string, sealed: Bytes): Promise<Bytes | null> {
	try {
		const header = { layer: 'U', keyNumber: number } as const;
		return unpad(await openInPlace(key, header, placeOf(name), sealed));
	} catch (error) {
		if (error instanceof CryptoError) return null;
		throw error;
	}
}

function placeOf(name: string): Place {
	return { purpose: 'cache', entity: noEntity, domain: name, object: noEntity, revision: 1n };
}
