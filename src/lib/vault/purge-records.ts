import { purgedBody } from '../api/purged-body.ts';
import { isPurged } from './open-record.ts';
import type { SaveOutcome } from './save-outcome.ts';
import { saveRecords } from './save-records.ts';
import type { SaveOptions } from './save-records.ts';
import type { VaultState } from './vault-state.svelte.ts';

/**
 * Deletes records of the bin for good: what they said is shown here no more, and is gone with their earlier versions
 * from the server as soon as it is told. What is not in the bin is left out of the outcomes.
 */
export function purgeRecords(state: VaultState, ids: readonly string[], options?: SaveOptions): Promise<SaveOutcome[]> {
	const at = new Date().toISOString();
	const requests = ids.flatMap((id) => {
		const record = state.records.peek(id);
		if (record?.state !== 'bin' || isPurged(record)) return [];
		return [{ id, domain: record.domain, body: purgedBody(record.body, at) }];
	});
	return saveRecords(state, requests, options);
}
