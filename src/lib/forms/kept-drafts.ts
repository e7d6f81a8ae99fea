import { vault } from '../vault/vault.svelte.ts';
import type { Draft } from './draft.ts';

/** What was typed in a form and not saved, and the revision it began from; null for a new record. */
export interface KeptDraft {
	readonly draft: Draft;
	readonly base: string | null;
}

interface Entry extends KeptDraft {
	readonly release: () => void;
}

/**
 * Drafts of forms that were left without saving, for as long as the page is open: in its memory alone, never on disk.
 * While there is one, leaving the page is warned about.
 */
class KeptDrafts {
	readonly #entries = new Map<string, Entry>();

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
}

export const keptDrafts = new KeptDrafts();
