import type * as v from 'valibot';
import type { resealRequestSchema, ResealAnswer } from '../../api/reseal.ts';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { hasCode } from '../has-code.ts';
import { problemOf } from '../http/refusal.ts';

type Result = ResealAnswer['results'][number];
type Wanted = v.InferOutput<typeof resealRequestSchema>;

/**
 * Puts bodies under another generation of their domain's key, all in one call of the database. The server seals over
 * what it is given and opens none of it.
 * @returns a result for each body, in order.
 */
export async function resealRecords(
	{ backend, systemLayer }: Arca,
	person: Person,
	{ entity, domain, bodies }: Wanted
): Promise<Result[]> {
	const results: Result[] = [];
	const places: number[] = [];
	const sealed: object[] = [];
	bodies.forEach(({ id, rev, from, to, sealed: envelope }, place) => {
		try {
			const body = systemLayer.sealOverRecord({ entity, domain, id, revision: BigInt(rev) }, to, envelope);
			sealed.push({ id, rev, from, to, body });
			places.push(place);
		} catch (error) {
			if (!hasCode(error, 'crypto/input')) throw error;
			const errors = [{ pointer: `#/bodies/${place}/sealed`, detail: 'is no envelope of this generation' }];
			results[place] = { id, rev, status: 'invalid', problem: problemOf('record/invalid', { errors }) };
		}
	});
	if (sealed.length === 0) return results;
	const args = { entity, domain, bodies: sealed };
	const outcomes = (await callFunction(backend, person, 'reseal_records', args)) as Result[];
	outcomes.forEach(({ id, rev, status }, index) => {
		const problem = status === 'invalid' ? { problem: problemOf('record/invalid') } : {};
		const place = places[index];
		if (place !== undefined) results[place] = { id, rev, status, ...problem };
	});
	return results;
}
