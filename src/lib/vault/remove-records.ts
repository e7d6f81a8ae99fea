import { isPurged } from './open-record.ts';
import { saveRecords } from './save-records.ts';
import type { SaveOptions } from './save-records.ts';
import type { SaveOutcome, SaveRequest } from './save-outcome.ts';
import type { VaultState } from './vault-state.svelte.ts';

/**
 * Moves records to the bin: the same body at the next revision, marked deleted, so that it can be taken out again.
 * Records that are not known, or are in the bin already, are left out of the outcomes.
 */
export function removeRecords(
	state: VaultState,
	ids: readonly string[],
	options?: SaveOptions
): Promise<SaveOutcome[]> {
	return saveRecords(state, markedRequests(state, ids, true), options);
}

/** Takes records out of the bin again, as they were. */
export function restoreRecords(
	state: VaultState,
	ids: readonly string[],
	options?: SaveOptions
): Promise<SaveOutcome[]> {
	return saveRecords(state, markedRequests(state, ids, false), options);
}

function markedRequests(state: VaultState, ids: readonly string[], deleted: boolean): SaveRequest[] {
	return ids.flatMap((id) => {
		const record = state.records.peek(id);
		if (!record || isPurged(record) || (record.state === 'bin') === deleted) return [];
		const meta = { ...record.body.meta };
		if (deleted) meta.deleted = true;
		else delete meta.deleted;
		return [{ id, domain: record.domain, body: { ...record.body, meta } }];
	});
}
