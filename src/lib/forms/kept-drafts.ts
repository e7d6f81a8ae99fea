import { vault } from '../vault/vault.svelte.ts';
import type { Draft } from './draft.ts';

/** What was typed in a form and not saved. */
export interface KeptDraft {
	readonly draft: Draft;
	/** The revision it began from; null for a new record. */
	readonly base: string | null;
	/** The record's id; of a new one the id its first try was sent under, null before that. */
	readonly id: string | null;
	/** What was typed when a try of it was sent and got no answer. */
	readonly sent?: Draft;
}

interface Entry extends KeptDraft {
	readonly release: () => void;
}

/**
 * Drafts of forms that were left without saving, for as long as the page is open and the same person's: in its memory
 * alone, never on disk. While there is one, leaving the page is warned about.
 */
class KeptDrafts {
	readonly #entries = new Map<string, Entry>();

	constructor() {
		vault.unsent.whenSettled((id) => this.#settle(id));
		vault.whenForgotten(() => this.#clear());
	}

	get(place: string): KeptDraft | undefined {
		return this.#entries.get(place);
	}

	keep(place: string, draft: KeptDraft): void {
		const release = this.#entries.get(place)?.release ?? vault.unsent.hold();
		this.#entries.set(place, { ...draft, release });
	}

	drop(place: string): void {
		this.#entries.get(place)?.release();
		this.#entries.delete(place);
	}

	/** What was sent has arrived, or was given up: a draft that says no more than that is no draft any longer. */
	#settle(id: string): void {
		for (const [place, { id: own, draft, sent }] of this.#entries) {
			if (own === id && sent && JSON.stringify(sent) === JSON.stringify(draft)) this.drop(place);
		}
	}

	#clear(): void {
		for (const place of [...this.#entries.keys()]) this.drop(place);
	}
}

export const keptDrafts = new KeptDrafts();
