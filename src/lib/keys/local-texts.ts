import { openInPlace, sealInPlace } from '../crypto/aes-gcm.ts';
import { fromBase64url, toBase64url } from '../crypto/base64url.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { eachOf } from '../crypto/each-of.ts';
import { readKeyNumber } from '../crypto/envelope.ts';
import { padText, unpadText } from '../crypto/padded-text.ts';
import type { Place } from '../crypto/place.ts';
import { noEntity } from '../crypto/uuid.ts';

/** A key for what this device keeps, and its number here: the key number of what it seals. */
export interface LocalKey {
	readonly key: CryptoKey;
	readonly number: number;
}

/** So many characters hold an envelope's header, and as many bytes as the shortest envelope has. */
const BEGINNING = 48;

/** The number of the key that a text says it was sealed with; 0 where it is none of ours. */
export function localNumber(sealed: string): number {
	try {
		return readKeyNumber('U', fromBase64url(sealed.slice(0, BEGINNING)));
	} catch {
		return 0;
	}
}

/** Seals texts, each under its name. */
export async function sealTexts(
	{ key, number }: LocalKey,
	texts: readonly { name: string; text: string }[]
): Promise<string[]> {
	const header = { layer: 'U', keyNumber: number } as const;
	return eachOf(texts, async ({ name, text }) =>
		toBase64url(await sealInPlace(key, header, placeOf(name), new Uint8Array(padText(text))))
	);
}

/** The texts that `sealTexts` sealed with one of these keys; null for one that does not open under its name. */
export async function openTexts(
	keys: readonly LocalKey[],
	texts: readonly { name: string; sealed: string }[]
): Promise<(string | null)[]> {
	return eachOf(texts, async ({ name, sealed }) => {
		const number = localNumber(sealed);
		for (const one of keys) {
			const text = one.number === number ? await openText(one, name, sealed) : null;
			if (text !== null) return text;
		}
		return null;
	});
}

async function openText({ key, number }: LocalKey, name: string, sealed: string): Promise<string | null> {
	try {
		const header = { layer: 'U', keyNumber: number } as const;
		return unpadText(await openInPlace(key, header, placeOf(name), fromBase64url(sealed)));
	} catch (error) {
		if (error instanceof CryptoError) return null;
		throw error;
	}
}

function placeOf(name: string): Place {
	return { purpose: 'cache', entity: noEntity, domain: name, object: noEntity, revision: 1n };
}
