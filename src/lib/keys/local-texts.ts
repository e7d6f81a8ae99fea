import { openInPlace, sealInPlace } from '../crypto/aes-gcm.ts';
import { fromBase64url, toBase64url } from '../crypto/base64url.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { eachOf } from '../crypto/each-of.ts';
import { padText, unpadText } from '../crypto/padded-text.ts';
import type { Place } from '../crypto/place.ts';
import { noEntity } from '../crypto/uuid.ts';

const header = { layer: 'U', keyNumber: 0 } as const;

/** Seals texts, each under its name. */
export async function sealTexts(key: CryptoKey, texts: readonly { name: string; text: string }[]): Promise<string[]> {
	return eachOf(texts, async ({ name, text }) =>
		toBase64url(await sealInPlace(key, header, placeOf(name), new Uint8Array(padText(text))))
	);
}

/** The texts that `sealTexts` sealed with one of these keys; null for one that does not open under its name. */
export async function openTexts(
	keys: readonly CryptoKey[],
	texts: readonly { name: string; sealed: string }[]
): Promise<(string | null)[]> {
	return eachOf(texts, async ({ name, sealed }) => {
		for (const key of keys) {
			const text = await openText(key, name, sealed);
			if (text !== null) return text;
		}
		return null;
	});
}

async function openText(key: CryptoKey, name: string, sealed: string): Promise<string | null> {
	try {
		return unpadText(await openInPlace(key, header, placeOf(name), fromBase64url(sealed)));
	} catch (error) {
		if (error instanceof CryptoError) return null;
		throw error;
	}
}

function placeOf(name: string): Place {
	return { purpose: 'cache', entity: noEntity, domain: name, object: noEntity, revision: 1n };
}
