import type { Change, Result } from '../api/record.ts';
import { ApiError } from '../sync/api-error.ts';
import { pushChanges } from '../sync/push.ts';
import { TRIES_IN_VIEW } from '../sync/retry-delay.ts';
import type { OpenRecord } from './open-record.ts';
import type { RefusalReason, SaveOutcome } from './save-outcome.ts';
import { rebaseChange, settleResult } from './settle-result.ts';
import type { VaultState } from './vault-state.svelte.ts';

export interface SendOptions {
	/** Called after every batch with how many changes are answered, of how many. */
	onProgress?: (done: number, total: number) => void;
	/** Stops after the batch under way; what was accepted stays. */
	signal?: AbortSignal;
	/** The changes wait already, and the caller says what becomes of each; one withdrawn meanwhile does not wait again. */
	again?: boolean;
}

/**
 * Pushes changes of one entity, shows what was accepted, and gives what became of each, by record id. Never throws for
 * a push that failed: changes without an answer are `unsent` and wait to be sent again as they are.
 */
export async function sendChanges(
	state: VaultState,
	entity: string,
	changes: readonly Change[],
	options: SendOptions = {}
): Promise<Map<string, SaveOutcome>> {
	const { owner } = state;
	const outcomes = new Map<string, SaveOutcome>();
	const rebased = new Map<string, Change>();
	const onBatch = (batch: Change[], results: Result[]) => {
		const fresh: OpenRecord[] = [];
		results.forEach((result, place) => {
			const change = batch[place];
			if (!change) return;
			const again = rebaseChange(change, result, state.unsent.changes.get(change.id));
			if (again) rebased.set(change.id, again);
			else outcomes.set(change.id, note(settleResult(change, result, state.owner), fresh));
		});
		if (!options.again) state.unsent.drop(batch.map((change) => change.id).filter((id) => outcomes.has(id)));
		if (state.entity === entity) state.take(fresh);
		options.onProgress?.(outcomes.size, changes.length);
	};
	const release = state.unsent.hold();
	try {
		const tries = changes.length === 1 ? TRIES_IN_VIEW : undefined;
		const pushing = { signal: options.signal, tries, onBatch };
		await pushChanges(state.client, entity, changes, pushing);
		await pushChanges(state.client, entity, [...rebased.values()], pushing);
	} catch (error) {
		const left = changes.filter(({ id }) => !outcomes.has(id)).map((change) => rebased.get(change.id) ?? change);
		for (const { id } of left) outcomes.set(id, failure(id, error, options.signal));
		const isUnsent = ({ id }: Change) => outcomes.get(id)?.status === 'unsent';
		if (!options.again) state.unsent.drop(left.filter((change) => !isUnsent(change)).map(({ id }) => id));
		const kept = left.filter((change) => isUnsent(change) && (!options.again || state.unsent.changes.has(change.id)));
		// Another person's vault by now: what the one before did not get through is not sent in this one's name.
		if (!options.signal?.aborted && state.owner === owner) state.unsent.keep(entity, kept);
	} finally {
		release();
		state.nudge(entity);
	}
	return outcomes;
}

/** Collects the record that an outcome brought with it, to be shown together with its batch's. */
function note(outcome: SaveOutcome, fresh: OpenRecord[]): SaveOutcome {
	if (outcome.status === 'saved') fresh.push(outcome.record);
	else if (outcome.status === 'conflict') fresh.push(outcome.theirs);
	return outcome;
}

/** A change whose whole request failed: refused for good, or without an answer so far. */
function failure(id: string, error: unknown, signal?: AbortSignal): SaveOutcome {
	if (signal?.aborted) return { status: 'unsent', id, code: 'sync/stopped' };
	if (!(error instanceof ApiError)) return { status: 'unsent', id, code: 'sync/unreachable' };
	const reason = refusals.get(error.status);
	return reason ? { status: 'refused', id, reason, detail: error.detail } : { status: 'unsent', id, code: error.code };
}

/** What a refusal of the whole request says about each change in it. */
const refusals: ReadonlyMap<number, RefusalReason> = new Map<number, RefusalReason>([
	[400, 'invalid'],
	[403, 'denied'],
	[404, 'denied'],
	[413, 'too-large'],
	[422, 'invalid']
]);
