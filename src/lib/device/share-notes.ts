import type { RecordStore } from './record-store.ts';

/** The name of the text that says to whom the service worker seals what is shared; and what those of keys and shares begin with. */
const TO = 'share-to';
export const SHARE_KEY = 'share-key/';
export const SHARE = 'shared/';

/**
 * To whom is sealed what is shared with this device while nobody can open anything: `to` is a public key (1216 bytes,
 * base64url), whose private half is kept under the user's own keys by `id`. Null: the account has no user encryption, and
 * the device's own key seals it, as all else.
 */
export type ShareTo = { readonly id: string; readonly to: string } | { readonly to: null };

/** A file of a share. Its parts are kept under the id `content`, sealed with `key` where it has one. */
export interface SharedFile {
	readonly content: string;
	readonly name: string;
	readonly type: string;
	/** Bytes. */
	readonly size: number;
	readonly key?: string;
}

/** What this device notes of a share, sealed under its own key. With neither `files` nor `box` it is still coming. */
export interface ShareNote {
	/** When it came, RFC 3339. */
	readonly at: string;
	/** The ids that its parts are kept under. */
	readonly contents: readonly string[];
	/** Bytes of all its files. */
	readonly bytes: number;
	/** What tells of them: JSON of SharedFiles as `sealShare` sealed it, base64url, to the key of that id. */
	readonly box?: string;
	readonly of?: string;
	/** The same where it is not sealed to anybody. */
	readonly files?: readonly SharedFile[];
}

/** Reads and writes what is noted of shares. */
export class ShareNotes {
	readonly #store: RecordStore;

	constructor(store: RecordStore) {
		this.#store = store;
	}

	/** Null where nobody has said yet: then nothing may be kept. */
	async to(): Promise<ShareTo | null> {
		return this.#read<ShareTo>(TO);
	}

	async sealTo(to: ShareTo): Promise<void> {
		await this.#store.writeText(TO, JSON.stringify(to));
	}

	/** The private half of a pair, by the name that the key worker knows it by; null where it does not open. */
	async key(id: string): Promise<string | null> {
		return (await this.#read<{ key: string }>(SHARE_KEY + id))?.key ?? null;
	}

	async keepKey(id: string, key: string): Promise<void> {
		await this.#store.writeText(SHARE_KEY + id, JSON.stringify({ key }), true);
	}

	/** Forgets every pair but these. */
	async keepKeys(ids: readonly string[]): Promise<void> {
		for (const name of await this.#store.textNames(SHARE_KEY))
			if (!ids.includes(name.slice(SHARE_KEY.length))) await this.#store.writeText(name, null);
	}

	/** Shares by id, in the order they came. */
	async list(): Promise<(ShareNote & { readonly id: string })[]> {
		const found: (ShareNote & { id: string })[] = [];
		for (const name of await this.#store.textNames(SHARE)) {
			const note = await this.#read<ShareNote>(name);
			if (note) found.push({ ...note, id: name.slice(SHARE.length) });
		}
		return found.sort((a, b) => a.at.localeCompare(b.at));
	}

	async write(id: string, note: ShareNote): Promise<void> {
		await this.#store.writeText(SHARE + id, JSON.stringify(note));
	}

	/** Forgets a share with all its parts; killed half way, what is left of it is swept. */
	async remove(id: string, { at, contents, bytes }: ShareNote): Promise<void> {
		await this.write(id, { at, contents, bytes });
		for (const content of contents) await this.#store.parts.drop(content);
		await this.#store.writeText(SHARE + id, null);
	}

	/** Forgets shares of which only a part came: nobody is at work on them any more. */
	async sweep(): Promise<void> {
		const { held = [] } = await navigator.locks.query();
		const busy = new Set(held.map(({ name }) => name));
		for (const { id, ...note } of await this.list())
			if (!note.box && !note.files && !busy.has(lockOf(id))) await this.remove(id, note);
	}

	async #read<T>(name: string): Promise<T | null> {
		const text = await this.#store.readText(name);
		return text === null ? null : (JSON.parse(text) as T);
	}
}

/** The lock that is held while a share comes. */
export const lockOf = (id: string): string => `arca-share-${id}`;
