import type { StoredRecord } from '../device/record-store.ts';

/** So many texts are remembered; those of which there are more are not shared with all. */
const REMEMBERED = 4_000;
/** Lengths that are worth it: shorter ones the browser shares by itself, and longer ones are hardly said twice. */
const [SHORTEST, LONGEST] = [11, 64];

/**
 * Lets records have one text in common where each has a copy of it, as parsing leaves them: accounts, authors, imports,
 * payees. Nothing of a record changes; the rows of 100,000 expenses take 45 MB of V8's heap instead of 64.
 */
export class SharedTexts {
	readonly #texts = new Map<string, string>();

	/** Shares a record's texts with those that came before it, in place. */
	share(row: StoredRecord): void {
		this.#shareIn(row, 'author');
		this.#shareIn(row, 'signer');
		this.#shareIn(row, 'updatedAt');
		if (!row.plain) return;
		this.#shareAll(row.plain.values);
		this.#shareAll(row.plain.meta);
		this.#shareAll(row.plain.meta.source);
	}

	#shareAll(object: unknown): void {
		if (typeof object !== 'object' || object === null) return;
		for (const key of Object.keys(object)) this.#shareIn(object, key);
	}

	#shareIn(object: object, key: string): void {
		const text: unknown = Reflect.get(object, key);
		if (typeof text !== 'string' || text.length < SHORTEST || text.length > LONGEST) return;
		const known = this.#texts.get(text);
		if (known !== undefined) return void Reflect.set(object, key, known);
		if (this.#texts.size >= REMEMBERED) this.#texts.clear();
		this.#texts.set(text, text);
	}
}
