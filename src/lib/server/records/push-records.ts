import type * as v from 'valibot';
import type { pushEnvelopeSchema, Record as VaultRecord, Result } from '../../api/record.ts';
import type { Arca } from '../arca.ts';
import type { Arguments, Backend, Person } from '../backend/backend.ts';
import { callEach } from '../backend/call-function.ts';
import { problemOf } from '../http/refusal.ts';
import { recordText } from './row.ts';
import type { Row } from './row.ts';
import { sealChange } from './seal-change.ts';

type Refused = 'denied' | 'invalid' | 'stale-generation' | 'too-large' | 'over-quota' | 'content-missing';

/** What the database's function says of one change. */
type Outcome =
	| { id: string; status: 'accepted'; rev: string; seq: string }
	| { id: string; status: 'conflict'; current: Row }
	| { id: string; status: Refused; detail?: string; generation?: number | null };

/** The share of a push's changes that PostgreSQL is given first, to be at work on them while the others are sealed. */
const SEALED_FIRST = 0.35;
/** A smaller push is given over whole: a call of the function costs as much as sealing about a hundred changes. */
const WORTH_PARTS = 250;
/** The answers to changes that were all accepted, as the database's function writes them: they are passed on as they are. */
const ALL_ACCEPTED = /^\[(?:\{"id":"[0-9a-f-]{36}","status":"accepted","rev":"\d{1,19}","seq":"\d{1,19}"\},?)+\]$/;
/** The most current bodies that one answer shows, in bytes of sealed text; the database's function keeps to it in each call. */
const MOST_SHOWN = 8 * 1024 * 1024;
/** What is said of a conflict beyond them; nothing of the change was written. */
const FULL = {
	status: 'invalid',
	detail: 'It met another revision, and the answer is full: send it again in a smaller push.'
} as const;

/**
 * Writes a batch of changes, all in one transaction of the database; a change that is wrong in itself is answered here
 * and spoils no other.
 * @returns the JSON text of a PushAnswer: a result for each change, in order.
 */
export async function pushRecords(
	{ backend, systemLayer, meter }: Arca,
	person: Person,
	{ entity, changes }: v.InferOutput<typeof pushEnvelopeSchema>
): Promise<string> {
	const results: Result[] = [];
	const places: number[] = [];

	/** What the database is asked to write, sealed when it is asked for. */
	function* parts(): Generator<Arguments> {
		let place = 0;
		for (const part of cut(changes, backend.kind)) {
			const texts: string[] = [];
			for (const given of part) {
				const outcome = sealChange(systemLayer, entity, given);
				if ('text' in outcome) {
					texts.push(outcome.text);
					places.push(place);
				} else {
					const status = outcome.problem.status === 413 ? 'too-large' : 'invalid';
					results[place] = { id: given.id, status, problem: outcome.problem };
				}
				place++;
			}
			if (texts.length > 0) yield { entity, changes: `[${texts.join(',')}]` };
		}
	}

	const answers = await callEach(backend, person, 'push_records', parts());
	if (places.length === changes.length && answers.every((text) => ALL_ACCEPTED.test(text)))
		return `{"results":[${answers.map((text) => text.slice(1, -1)).join(',')}]}`;
	const outcomes = answers.flatMap((text) => JSON.parse(text) as Outcome[]);
	let bodies = 0;
	let shown = 0;
	outcomes.forEach((outcome, index) => {
		const place = places[index];
		if (place === undefined) return;
		if (outcome.status === 'conflict') bodies += outcome.current.body?.length ?? 0;
		const fits = outcome.status !== 'conflict' || bodies <= MOST_SHOWN;
		const { result, bytes } = resultOf(systemLayer, entity, fits ? outcome : { ...FULL, id: outcome.id });
		results[place] = result;
		shown += bytes;
	});
	// What was accepted is written by now, so it is the next push that finds the bytes used up.
	if (shown > 0) await meter.spend('recordBytes', `push:user:${person.id}`, shown);
	return JSON.stringify({ results });
}

/** The changes in the parts they are given to the database in. */
function cut<T>(changes: readonly T[], kind: Backend['kind']): (readonly T[])[] {
	if (kind !== 'postgres' || changes.length < WORTH_PARTS) return [changes];
	const first = Math.ceil(changes.length * SEALED_FIRST);
	return [changes.slice(0, first), changes.slice(first)];
}

/** The result of one change, and how much of the record that stands there it shows. */
function resultOf(
	systemLayer: Arca['systemLayer'],
	entity: string,
	outcome: Outcome
): { result: Result; bytes: number } {
	if (outcome.status === 'accepted') return { result: outcome, bytes: 0 };
	const { id, status } = outcome;
	if (status === 'conflict') {
		const text = recordText(systemLayer, entity, outcome.current);
		return { result: { id, status, current: JSON.parse(text) as VaultRecord }, bytes: text.length };
	}
	const { detail } = outcome;
	// Null where the domain has no user layer: a restore set it back to before it had one.
	const generation = outcome.generation ?? undefined;
	return { result: { id, status, problem: problemOf(`record/${status}`, { detail, generation }) }, bytes: 0 };
}
