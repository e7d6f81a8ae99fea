import type { Change } from '../api/record.ts';
import type { SaveOutcome } from './save-outcome.ts';
import { sendChanges } from './send-changes.ts';
import type { TurnedAway } from './unsent-work.svelte.ts';
import type { VaultState } from './vault-state.svelte.ts';

/**
 * Sends a change that was turned away once more: after a refusal as it was, after a conflict over what the other device
 * saved. Undefined where there is none for that record. One that is not taken again stays with its new reason; one that
 * gets no answer waits with the others.
 */
export async function resendTurnedAway(state: VaultState, id: string): Promise<SaveOutcome | undefined> {
	const turned = state.unsent.turnedAway.get(id);
	if (!turned) return undefined;
	const change = nextTry(turned);
	const { owner } = state;
	const outcome = (await sendChanges(state, turned.entity, [change])).get(id);
	if (!outcome || state.owner !== owner) return outcome;
	if (outcome.status === 'saved') state.unsent.landed(turned.change, outcome.record.rev);
	else if (outcome.status !== 'unsent') state.unsent.turnAway(turned.entity, change, outcome);
	return outcome;
}

/** What the server refused it did not keep, so the same change goes again; over theirs it is a new one. */
function nextTry({ change, outcome }: TurnedAway): Change {
	if (outcome.status === 'refused') return change;
	const { mine, theirs } = outcome;
	const plain = { ...mine, meta: { ...mine.meta, at: new Date().toISOString() } };
	return { ...change, change: crypto.randomUUID(), base: theirs.rev, plain };
}
