import type * as v from 'valibot';
import type { pushEnvelopeSchema, Record as VaultRecord, Result } from '../../api/record.ts';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { problemOf } from '../http/refusal.ts';
import { recordText } from './row.ts';
import type { Row } from './row.ts';
import { sealChange } from './seal-change.ts';
import type { SealedChange } from './seal-change.ts';

type Refused = 'denied' | 'invalid' | 'stale-generation' | 'too-large' | 'over-quota';

/** What the database's function says of one change. */
type Outcome =
	| { id: string; status: 'accepted'; rev: string; seq: string }
	| { id: string; status: 'conflict'; current: Row }
	| { id: string; status: Refused; detail?: string; generation?: number | null };

/**
 * Writes a batch of changes, all in one call of the database; a change that is wrong in itself is answered here and
 * spoils no other.
 * @returns a result for each change, in order.
 */
export async function pushRecords(
	{ backend, systemLayer, meter }: Arca,
	person: Person,
	{ entity, changes }: v.InferOutput<typeof pushEnvelopeSchema>
): Promise<Result[]> {
	const results: Result[] = [];
	const sealed: SealedChange[] = [];
	const places: number[] = [];
	let shown = 0;
	changes.forEach((given, place) => {
		const outcome = sealChange(systemLayer, entity, given);
		if ('sealed' in outcome) {
			sealed.push(outcome.sealed);
			places.push(place);
			return;
		}
		const status = outcome.problem.status === 413 ? 'too-large' : 'invalid';
		results[place] = { id: given.id, status, problem: outcome.problem };
	});
	if (sealed.length > 0) {
		const outcomes = (await callFunction(backend, person, 'push_records', { entity, changes: sealed })) as Outcome[];
		outcomes.forEach((outcome, index) => {
			const place = places[index];
			if (place === undefined) return;
			const { result, bytes } = resultOf(systemLayer, entity, outcome);
			results[place] = result;
			shown += bytes;
		});
		// What was accepted is written by now, so it is the next push that finds the bytes used up.
		if (shown > 0) await meter.spend('recordBytes', `push:user:${person.id}`, shown);
	}
	return results;
}

/** The result of one change, and how much of the record that stands there it shows. */
function resultOf(
	systemLayer: Arca['systemLayer'],
	entity: string,
	outcome: Outcome
): { result: Result; bytes: number } {
	const { id, status } = outcome;
	if (status === 'accepted') return { result: { id, status, rev: outcome.rev, seq: outcome.seq }, bytes: 0 };
	if (status === 'conflict') {
		const text = recordText(systemLayer, entity, outcome.current);
		return { result: { id, status, current: JSON.parse(text) as VaultRecord }, bytes: text.length };
	}
	const { detail } = outcome;
	// Null where the domain has no user layer: a restore set it back to before it had one.
	const generation = outcome.generation ?? undefined;
	return { result: { id, status, problem: problemOf(`record/${status}`, { detail, generation }) }, bytes: 0 };
}
