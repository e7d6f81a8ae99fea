import type { SaveOutcome } from './save-outcome.ts';
import { sendChanges } from './send-changes.ts';
import type { VaultState } from './vault-state.svelte.ts';

/** Sends every change that got no answer once more, just as it was; gives what became of each. */
export async function sendUnsent(state: VaultState): Promise<SaveOutcome[]> {
	const byEntity = Map.groupBy(state.unsent.changes.values(), (unsent) => unsent.entity);
	const outcomes: SaveOutcome[] = [];
	for (const [entity, unsent] of byEntity) {
		const changes = unsent.map(({ change }) => change);
		const sent = await sendChanges(state, entity, changes);
		outcomes.push(...sent.values());
		for (const change of changes) {
			const outcome = sent.get(change.id);
			if (outcome?.status === 'saved') state.unsent.landed(change, outcome.record.rev);
		}
	}
	return outcomes;
}
