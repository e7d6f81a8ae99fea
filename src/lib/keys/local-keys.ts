import { openInPlace, sealInPlace } from '../crypto/aes-gcm.ts';
import { fromBase64url, toBase64url } from '../crypto/base64url.ts';
import { randomBytes } from '../crypto/bytes.ts';
import type { Bytes } from '../crypto/bytes.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { lengthField } from '../crypto/padding.ts';
import type { Place } from '../crypto/place.ts';
import { noEntity } from '../crypto/uuid.ts';
import type { FileKeys } from './file-keys.ts';
import type { TakenLocalKeys } from './key-verbs.ts';
import { KeysError } from './keys-error.ts';
import { marked } from './marked-texts.ts';
import { localNumber, openTexts, sealTexts } from './local-texts.ts';
import type { LocalKey } from './local-texts.ts';

const SIZE = 32;
const place: Place = { purpose: 'cache', entity: noEntity, domain: 'keys/local', object: noEntity, revision: 1n };

/** A key in use, and the text by which the device keeps it. */
interface Held extends LocalKey {
	text: string;
}

/**
 * The keys under which this device seals what it keeps of domains with a user layer: drawn here, numbered on each device,
 * and kept sealed under HKDF(account key, "arca/1 account cache"). The first seals, all of them open. Every account key
 * has a first one of its own: with an old copy of the device and the password of then, nothing opens that is written later.
 */
export class LocalKeys {
	#keys: readonly LocalKey[] = [];
	/** The one that seals. */
	#first: LocalKey | null = null;
	/** Of every account key that was opened in this visit. */
	readonly #openers = new Set<CryptoKey>();
	readonly #files: FileKeys;

	/** @param files whose names stand in the texts, as the page has them */
	constructor(files: FileKeys) {
		this.#files = files;
	}

	/**
	 * Takes in what this device keeps; draws a first key where nothing of it was sealed under the account key of now.
	 * @param cacheKey of that account key
	 * @param kept base64url; what does not open (another account key sealed it) stays in the answer
	 * @param earlier of an account key before it
	 */
	async take(cacheKey: CryptoKey, kept: readonly string[], earlier?: CryptoKey): Promise<TakenLocalKeys> {
		for (const key of [cacheKey, earlier]) if (key) this.#openers.add(key);
		const [own, older]: [Held[], Held[]] = [[], []];
		const closed: string[] = [];
		for (const text of kept) {
			const found = await this.#open(text);
			if (!found) closed.push(text);
			else if (found.by === cacheKey) own.push(await hold(cacheKey, numberOf(text), found.bytes, text));
			else older.push(await hold(cacheKey, numberOf(text), found.bytes));
		}
		if (own.length === 0) own.push(await hold(cacheKey, 1 + Math.max(0, ...kept.map(numberOf)), randomBytes(SIZE)));
		this.#keys = [...own, ...older];
		// Nothing is sealed yet, or else not under one of which the disk knows nothing: see `use`.
		const number = this.#first?.number;
		this.#first = this.#keys.find((key) => key.number === number) ?? this.#keys[0] ?? null;
		const texts = [...own, ...older].map(({ text }) => text);
		const newest = this.#keys[0]?.number ?? 0;
		return { kept: [...texts, ...closed], newest, older: texts.length - 1, closed: closed.length };
	}

	/** The newest seals from now on: it is on the disk. */
	use(): void {
		this.#first = this.#keys[0] ?? null;
	}

	/** Forgets all of them: another person's keys are held from now on. */
	clear(): void {
		[this.#keys, this.#first] = [[], null];
		this.#openers.clear();
		this.#files.clear();
	}

	async seal(texts: readonly { name: string; text: Bytes }[]): Promise<Bytes[]> {
		if (!this.#first) throw new KeysError('keys/locked');
		const plain = texts.map(({ text }) => text);
		await this.#files.reveal(marked(plain, lengthField));
		return sealTexts(this.#first, texts);
	}

	async open(texts: readonly { name: string; sealed: Bytes }[]): Promise<(Bytes | null)[]> {
		if (this.#keys.length === 0) throw new KeysError('keys/locked');
		const opened = await openTexts(this.#keys, texts);
		await this.#files.hide(marked(opened));
		return opened;
	}

	async #open(text: string): Promise<{ bytes: Bytes; by: CryptoKey } | null> {
		for (const by of this.#openers) {
			const bytes = await open(by, text);
			if (bytes) return { bytes, by };
		}
		return null;
	}
}

/** Takes a key's bytes over: they are zero-filled. Without a text of its own it is sealed under the account key of now. */
async function hold(cacheKey: CryptoKey, number: number, bytes: Bytes, text?: string): Promise<Held> {
	try {
		const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
		const seal = () => sealInPlace(cacheKey, { layer: 'U', keyNumber: number }, place, new Uint8Array(bytes));
		return { key, number, text: text ?? toBase64url(await seal()) };
	} finally {
		bytes.fill(0);
	}
}

/** The number of the key that a text holds. */
function numberOf(text: string): number {
	try {
		return localNumber(fromBase64url(text));
	} catch {
		return 0;
	}
}

async function open(cacheKey: CryptoKey, text: string): Promise<Bytes | null> {
	try {
		return await openInPlace(cacheKey, { layer: 'U', keyNumber: numberOf(text) }, place, fromBase64url(text));
	} catch (error) {
		if (error instanceof CryptoError) return null;
		throw error;
	}
}
