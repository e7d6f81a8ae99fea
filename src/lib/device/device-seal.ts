import { CryptoError } from '../crypto/crypto-error.ts';
import { DeviceError } from './device-error.ts';
import { openCachedText, sealCachedText } from './page-seal.ts';
import type { CachePlace } from './page-seal.ts';
import type { Locked, UserSeal } from './user-seal.ts';

type Envelope = Uint8Array<ArrayBuffer>;

/** A text as it was opened; null where it does not open, `away` where that is for want of the user's own key. */
export interface OpenedText {
	text: string | null;
	away?: true;
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
	async seal(texts: readonly { place: CachePlace; text: string; layered: boolean }[]): Promise<Envelope[]> {
		const inner = texts.flatMap(({ place, text, layered }) => (layered ? [{ name: nameOf(place), text }] : []));
		const made = inner.length > 0 ? (await this.#user().seal(inner))[Symbol.iterator]() : null;
		return Promise.all(
			texts.map(({ place, text, layered }) =>
				sealCachedText(this.#key, place, layered ? (made?.next().value ?? '') : text)
			)
		);
	}

	/** The texts of envelopes. Takes and throws what `seal` does; what does not open is told by itself. */
	async open(envelopes: readonly { place: CachePlace; sealed: Envelope; layered: boolean }[]): Promise<OpenedText[]> {
		const outer = await Promise.all(envelopes.map(({ place, sealed }) => this.#openOuter(place, sealed)));
		const inner = envelopes.flatMap(({ place, layered }, at) => {
			const sealed = outer[at];
			return layered && typeof sealed === 'string' ? [{ name: nameOf(place), sealed }] : [];
		});
		if (inner.length === 0) return outer.map((text) => ({ text }));
		const opened = (await this.#user().open(inner))[Symbol.iterator]();
		return outer.map((text, at) => {
			if (text === null || !envelopes[at]?.layered) return { text };
			const own = opened.next().value ?? null;
			return own === null ? { text: null, away: true } : { text: own };
		});
	}

	async #openOuter(place: CachePlace, sealed: Envelope): Promise<string | null> {
		try {
			return await openCachedText(this.#key, place, sealed);
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

/** One name a place, told apart from every other. */
function nameOf({ entity, object, writes, name = '' }: CachePlace): string {
	return `${entity} ${object} ${writes} ${name}`;
}
