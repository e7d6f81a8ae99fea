import { readEarlierVersions } from './earlier-versions.ts';
import type { EarlierVersion } from './earlier-versions.ts';
import { purgeRecords } from './purge-records.ts';
import { restoreRecords } from './remove-records.ts';
import type { SaveOutcome } from './save-outcome.ts';
import type { SaveOptions } from './save-records.ts';
import type { VaultState } from './vault-state.svelte.ts';

/** What the opened entity has deleted or replaced, and can still have back. */
export class VaultBin {
	readonly #state: VaultState;
	readonly #saving: (saved: Promise<SaveOutcome[]>) => Promise<SaveOutcome[]>;

	/** @param saving what every save goes through, so that the server is told of it soon */
	constructor(state: VaultState, saving: (saved: Promise<SaveOutcome[]>) => Promise<SaveOutcome[]>) {
		this.#state = state;
		this.#saving = saving;
	}

	/** Takes records out of the bin; see restoreRecords. */
	restore(ids: readonly string[], options?: SaveOptions): Promise<SaveOutcome[]> {
		return this.#saving(restoreRecords(this.#state, ids, options));
	}

	/** Deletes records of the bin for good; see purgeRecords. */
	purge(ids: readonly string[], options?: SaveOptions): Promise<SaveOutcome[]> {
		return this.#saving(purgeRecords(this.#state, ids, options));
	}

	/** What a record said before, from the server; see readEarlierVersions for what it throws. */
	earlierVersions(id: string, signal?: AbortSignal): Promise<EarlierVersion[]> {
		return readEarlierVersions(this.#state, id, signal);
	}
}
