import { openInPlace, sealInPlace } from '../crypto/aes-gcm.ts';
import { fromBase64url, toBase64url } from '../crypto/base64url.ts';
import { randomBytes } from '../crypto/bytes.ts';
import type { Bytes } from '../crypto/bytes.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import type { Place } from '../crypto/place.ts';
import { noEntity } from '../crypto/uuid.ts';
import { HeldBytes } from './held-bytes.ts';
import { KeysError } from './keys-error.ts';
import { openTexts, sealTexts } from './local-texts.ts';

const SIZE = 32;
const header = { layer: 'U', keyNumber: 0 } as const;
const place: Place = { purpose: 'cache', entity: noEntity, domain: 'keys/local', object: noEntity, revision: 1n };

interface LocalKey {
	readonly use: CryptoKey;
	readonly raw: HeldBytes;
}

/**
 * The keys under which this device seals what it keeps of domains with a user layer. They are drawn here, and kept sealed
 * under HKDF(account key, "arca/1 account cache"): a change of password seals these anew, and nothing else.
 */
export class LocalKeys {
	/** The first seals; all of them open. */
	#keys: readonly LocalKey[] = [];

	/**
	 * Takes in what this device keeps, or draws a key where nothing of it opens and none is held.
	 * @param kept base64url; what does not open (an account key before this one sealed it) stays in the answer
	 * @returns what is to be kept
	 */
	async take(cacheKey: CryptoKey, kept: readonly string[]): Promise<string[]> {
		const opened = await Promise.all(kept.map((text) => open(cacheKey, text)));
		const closed = kept.filter((_, at) => opened[at] === null);
		const held = await Promise.all(opened.flatMap((bytes) => (bytes ? [hold(bytes)] : [])));
		if (held.length > 0) this.#keys = held;
		if (this.#keys.length === 0) this.#keys = [await hold(randomBytes(SIZE))];
		const sealed = this.#keys.map(({ raw }) => raw.use((bytes) => sealInPlace(cacheKey, header, place, bytes)));
		return [...(await Promise.all(sealed)).map(toBase64url), ...closed];
	}

	/** Forgets all of them: another person's keys are held from now on. */
	clear(): void {
		this.#keys = [];
	}

	async seal(texts: readonly { name: string; text: string }[]): Promise<string[]> {
		const [first] = this.#keys;
		if (!first) throw new KeysError('keys/locked');
		return sealTexts(first.use, texts);
	}

	async open(texts: readonly { name: string; sealed: string }[]): Promise<(string | null)[]> {
		if (this.#keys.length === 0) throw new KeysError('keys/locked');
		return openTexts(
			this.#keys.map(({ use }) => use),
			texts
		);
	}
}

async function hold(bytes: Bytes): Promise<LocalKey> {
	const use = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
	return { use, raw: await HeldBytes.hold(bytes) };
}

async function open(cacheKey: CryptoKey, text: string): Promise<Bytes | null> {
	try {
		return await openInPlace(cacheKey, header, place, fromBase64url(text));
	} catch (error) {
		if (error instanceof CryptoError) return null;
		throw error;
	}
}
