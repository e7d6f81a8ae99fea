import { saveRecords } from './save-records.ts';
import type { SaveOutcome, SaveRequest } from './save-outcome.ts';
import { VaultError } from './vault-error.ts';
import type { VaultState } from './vault-state.svelte.ts';

/** Saves one record of the opened entity; see SaveOutcome for what may become of it. Throws VaultError `vault/closed`. */
export async function saveRecord(state: VaultState, request: SaveRequest): Promise<SaveOutcome> {
	const [outcome] = await saveRecords(state, [request]);
	if (!outcome) throw new VaultError('vault/closed');
	return outcome;
}
