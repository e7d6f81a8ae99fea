import type { Change } from '../api/record.ts';
import { prepareChanges } from './prepare-changes.ts';
import type { SaveOutcome, SaveRequest } from './save-outcome.ts';
import { sendChanges } from './send-changes.ts';
import type { SendOptions } from './send-changes.ts';
import { VaultError } from './vault-error.ts';
import type { VaultState } from './vault-state.svelte.ts';

export interface SaveOptions extends SendOptions {
	/** The entity the records are meant for: where another one is open by now, nothing is saved. */
	entity?: string;
}

/**
 * Saves many records of the opened entity in batches; gives one outcome each, in order. A change that fails is an
 * outcome, not an error. Throws VaultError `vault/closed` where no entity is open, or not the one that is meant.
 */
export async function saveRecords(
	state: VaultState,
	requests: readonly SaveRequest[],
	options: SaveOptions = {}
): Promise<SaveOutcome[]> {
	const { entity } = state;
	if (entity === null || (options.entity ?? entity) !== entity) throw new VaultError('vault/closed');
	const changes = prepareChanges(state, requests);
	const sent = changes.filter((change): change is Change => change !== null);
	const outcomes = await sendChanges(state, entity, sent, options);
	return requests.map((request, place) => {
		const id = changes[place]?.id ?? request.id ?? '';
		return outcomes.get(id) ?? { status: 'refused', id, reason: 'withheld', detail: '' };
	});
}
