import type { Change } from '../api/record.ts';
import type { SaveOutcome } from './save-outcome.ts';
import { sendChanges } from './send-changes.ts';
import type { VaultState } from './vault-state.svelte.ts';

/**
 * Sends every change that got no answer once more, just as it was; gives what became of each. Nobody looks at these
 * outcomes as a rule: what the server did not take is kept in `unsent.turnedAway` for the person to decide.
 */
export async function sendUnsent(state: VaultState): Promise<SaveOutcome[]> {
	const byEntity = Map.groupBy(state.unsent.changes.values(), (unsent) => unsent.entity);
	const outcomes: SaveOutcome[] = [];
	for (const [entity, unsent] of byEntity) {
		const { owner } = state;
		const changes = unsent.map(({ change }) => change).filter(({ id }) => state.unsent.changes.has(id));
		const sent = await sendChanges(state, entity, changes, { again: true });
		// Another person's vault by now: these were not theirs.
		if (state.owner !== owner) return outcomes;
		outcomes.push(...sent.values());
		for (const change of changes) {
			const outcome = sent.get(change.id);
			if (outcome && outcome.status !== 'unsent') settle(state, entity, change, outcome);
		}
	}
	return outcomes;
}

/** What waited is answered: in one step it no longer waits and is known to have landed, or to be turned away. */
function settle(
	state: VaultState,
	entity: string,
	change: Change,
	outcome: Exclude<SaveOutcome, { status: 'unsent' }>
): void {
	const waiting = state.unsent.changes.get(change.id);
	if (outcome.status === 'saved') {
		state.unsent.landed(change, outcome.record.rev);
		if (waiting?.change.change === change.change) state.unsent.drop([change.id]);
	} else if (waiting?.change.change === change.change) {
		state.unsent.turnAway(entity, change, outcome);
	}
}
