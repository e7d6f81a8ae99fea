import { fromBase64url, toBase64url } from '../crypto/base64url.ts';
import { randomBytes } from '../crypto/bytes.ts';
import type { Bytes } from '../crypto/bytes.ts';
import { CryptoError } from '../crypto/crypto-error.ts';
import { sha256 } from '../crypto/digest.ts';
import { letGo } from '../crypto/let-go.ts';
import { contentKey, openPart, sealedPartSize, sealPart } from '../crypto/part.ts';
import type { PartPlace, Sealing } from '../crypto/part.ts';
import { fromUtf8, toUtf8 } from '../crypto/utf8.ts';
import { HeldBytes } from './held-bytes.ts';
import { usedOf } from './in-one-piece.ts';
import type { Piece } from './in-one-piece.ts';
import { keyTexts } from './key-texts.ts';

/** A file's record names its content's key as text of so many characters. A name that stands for a key has as many. */
const NAME = 'held-';
const LENGTH = 43;

/** How parts are sealed and opened. Tests take single checks out, to show what each of them stops. */
export const partFormat = { sealPart, openPart };

/** The part of a content, and the name by which the page knows its key. */
export interface NamedPart extends PartPlace {
	key: string;
}

/** A part as it goes to the server, and the SHA-256 of it. */
export interface SealedPart {
	bytes: Bytes;
	hash: Bytes;
}

/**
 * The keys of files that this worker has met. The records that hold them go to the page with a name in the key's place, as
 * long as the key, which means something here and nowhere else; and back again before they are sealed.
 */
export class FileKeys {
	/** By name. */
	readonly #keys = new Map<string, HeldBytes>();
	/** Names by the SHA-256 of the key: the same key goes by one name, or each reading would look like a change. */
	readonly #names = new Map<string, string>();
	readonly #inUse = new Map<string, CryptoKey>();
	readonly #format: typeof partFormat;

	constructor(format = partFormat) {
		this.#format = format;
	}

	/** Draws the key of a new content; gives its name. */
	draw(): Promise<string> {
		return this.#hold(randomBytes(32));
	}

	/** Puts names in the place of the keys in bodies or texts, where they are. */
	async hide(texts: Iterable<Bytes>): Promise<void> {
		for (const text of texts) for (const at of keyTexts(text, LENGTH)) await this.#hideOne(at);
	}

	/**
	 * Puts the keys in the place of their names.
	 * @throws CryptoError `crypto/input` on a name that stands for none: it would be sealed as if it were a key
	 */
	async reveal(texts: Iterable<Bytes>): Promise<void> {
		for (const text of texts) {
			for (const at of keyTexts(text, LENGTH)) {
				const name = fromUtf8(at);
				if (!name.startsWith(NAME)) continue;
				const held = this.#keys.get(name);
				if (!held) throw new CryptoError('crypto/input');
				await held.use((key) => at.set(toUtf8(toBase64url(key))));
			}
		}
	}

	/** All rows at once, which takes a tenth of the time: a text of JSON does not go on in the row after it. */
	async hideIn<P extends Piece>(bodies: P): Promise<P> {
		await this.hide([usedOf(bodies)]);
		return bodies;
	}

	/** Throws as `reveal`. */
	async revealIn<P extends Piece>(bodies: P): Promise<P> {
		await this.reveal([usedOf(bodies)]);
		return bodies;
	}

	/**
	 * Seals a part of a file under a fresh prefix.
	 * @param content handed over with all of the memory that it is in: sealed there, where it has the room before it
	 */
	async seal({ key, ...place }: NamedPart, content: Bytes): Promise<SealedPart> {
		const bytes = await this.#format.sealPart(await this.#use(key), place, content, wholeOf(content));
		return { bytes, hash: await sha256(bytes) };
	}

	/**
	 * The content of a part; all of it, or nothing.
	 * @param size bytes of content that the file's record says it has
	 * @param sealed handed over: the content takes its place
	 * @throws CryptoError `crypto/cannot-open`
	 */
	async open({ key, ...place }: NamedPart, size: number, sealed: Bytes): Promise<Bytes> {
		let end = 0;
		for await (const chunk of this.#format.openPart(await this.#use(key), place, size, sealed)) {
			// Memory that is touched for the first time costs as much as the cipher.
			sealed.set(chunk, end);
			end += chunk.length;
			letGo(chunk);
		}
		return sealed.subarray(0, end);
	}

	/**
	 * Lends the key that a name stands for, for the length of `work`.
	 * @throws CryptoError `crypto/cannot-open` on a name that stands for none
	 */
	async lend<T>(name: string, work: (key: Bytes) => Promise<T>): Promise<T> {
		const held = this.#keys.get(name);
		if (!held) throw new CryptoError('crypto/cannot-open');
		return held.use(work);
	}

	clear(): void {
		for (const kept of [this.#keys, this.#names, this.#inUse]) kept.clear();
	}

	async #hideOne(at: Bytes): Promise<void> {
		let key: Bytes;
		try {
			key = fromBase64url(fromUtf8(at));
		} catch {
			return;
		}
		if (key.length === 32) at.set(toUtf8(await this.#hold(key)));
	}

	/** Takes the bytes over. */
	async #hold(key: Bytes): Promise<string> {
		const hash = toBase64url(await sha256(key));
		const known = this.#names.get(hash);
		if (known !== undefined) {
			key.fill(0);
			return known;
		}
		const name = NAME + toBase64url(randomBytes(LENGTH)).slice(0, LENGTH - NAME.length);
		this.#names.set(hash, name);
		this.#keys.set(name, await HeldBytes.hold(key));
		return name;
	}

	async #use(name: string): Promise<CryptoKey> {
		const key = this.#inUse.get(name) ?? (await this.lend(name, contentKey));
		this.#inUse.set(name, key);
		return key;
	}
}

/** The memory that content stands at the end of, where that is as long as the sealed part. */
function wholeOf(content: Bytes): Sealing {
	const { buffer, byteOffset, length } = content;
	const fits = buffer.byteLength === sealedPartSize(length) && byteOffset + length === buffer.byteLength;
	return fits ? { into: new Uint8Array(buffer) } : {};
}
