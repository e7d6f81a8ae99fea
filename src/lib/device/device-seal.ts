import { CryptoError } from '../crypto/crypto-error.ts';
import { DeviceError } from './device-error.ts';
import { fromUtf8, toUtf8 } from '../crypto/utf8.ts';
import { openCached, sealCached } from './page-seal.ts';
import type { CachePlace } from './page-seal.ts';
import type { Locked, UserSeal } from './user-seal.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** What is kept of a text, and where; `layered`: under the user's own key as well. */
export interface Envelope {
	place: CachePlace;
	sealed: Bytes;
	layered: boolean;
}

/**
 * A text as it was opened; null where it does not open, `away` where that is for want of the user's own key. `older`: it
 * is under a key of the user's from before.
 */
export interface OpenedText {
	text: string | null;
	away?: true;
	older?: true;
}

/** How this device seals what it keeps: under its own key, and what a user layer covers under the user's before that. */
export class DeviceSeal {
	readonly #key: CryptoKey;
	/** The user's own seal; null where user encryption is off, or not known of. */
	user: UserSeal | Locked | null = null;

	/** @param key what `cacheKey` gives */
	constructor(key: CryptoKey) {
		this.#key = key;
	}

	/** Whether what belongs to a domain goes under the user's key: while that is locked, nobody knows that it does not. */
	covers(entity: string, domain: string): boolean {
		return this.user === 'locked' || (this.user?.covers(entity, domain) ?? false);
	}

	/**
	 * Seals texts for their places, one envelope each.
	 * @param texts `layered`: under the user's key as well
	 * @throws DeviceError `device/locked` where that key is not there
	 */
	async seal(texts: readonly { place: CachePlace; text: string; layered: boolean }[]): Promise<Bytes[]> {
		const inner = texts.flatMap(({ place, text, layered }) => (layered ? [{ name: nameOf(place), text }] : []));
		const made = inner.length > 0 ? (await this.#user().seal(inner))[Symbol.iterator]() : null;
		return Promise.all(
			texts.map(({ place, text, layered }) =>
				sealCached(this.#key, place, layered ? (made?.next().value ?? new Uint8Array()) : toUtf8(text))
			)
		);
	}

	/** The texts of envelopes. Takes and throws what `seal` does; what does not open is told by itself. */
	async open(envelopes: readonly Envelope[]): Promise<OpenedText[]> {
		const outer = await Promise.all(envelopes.map(({ place, sealed }) => this.#openOuter(place, sealed)));
		const inner = envelopes.flatMap(({ place, layered }, at) => {
			const sealed = outer[at];
			return layered && sealed ? [{ name: nameOf(place), sealed }] : [];
		});
		const user = inner.length > 0 ? this.#user() : null;
		// Asked before: what is opened is handed over.
		const newest = inner.map(({ sealed }) => user?.isNewest(sealed)).values();
		const opened = ((await user?.open(inner)) ?? []).values();
		return outer.map((plain, at) => {
			if (plain === null || !envelopes[at]?.layered) return { text: plain && textOf(plain) };
			const own = opened.next().value ?? null;
			const isNewest = newest.next().value === true;
			if (own === null) return { text: null, away: true };
			return isNewest ? { text: own } : { text: own, older: true };
		});
	}

	async #openOuter(place: CachePlace, sealed: Bytes): Promise<Bytes | null> {
		try {
			return await openCached(this.#key, place, sealed);
		} catch (error) {
			if (error instanceof CryptoError) return null;
			throw error;
		}
	}

	#user(): UserSeal {
		if (this.user === null || this.user === 'locked') throw new DeviceError('device/locked');
		return this.user;
	}
}

/** The text of bytes, or null where they are none. */
function textOf(bytes: Bytes): string | null {
	try {
		return fromUtf8(bytes);
	} catch {
		return null;
	}
}

/** One name a place, told apart from every other. */
function nameOf({ entity, object, writes, name = '' }: CachePlace): string {
	return `${entity} ${object} ${writes} ${name}`;
}
