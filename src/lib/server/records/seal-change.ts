import * as v from 'valibot';
import { isBare, saysPurged } from '../../api/purged-body.ts';
import { changeSchema, plainSchema } from '../../api/record.ts';
import type { Plain } from '../../api/record.ts';
import type { Problem } from '../../api/problem.ts';
import { hasCode } from '../has-code.ts';
import { fieldErrors } from '../http/check.ts';
import { problemOf } from '../http/refusal.ts';
import type { SystemLayer } from '../system-layer/index.ts';

/** A change as the database takes it. */
export interface SealedChange {
	change: string;
	id: string;
	domain: string;
	base: string;
	state: 'live' | 'bin' | 'purged';
	body: string;
}

/** A change, looked at without copying the members of its JSON that are unknown here: what is sealed is what came. */
const shape = v.object(
	{ ...changeSchema.entries, plain: v.optional(v.object(plainSchema.entries, 'must be an object')) },
	'must be an object'
);

/** The most bytes a sealed body may have as text; the table holds the same. */
const MOST_BODY_BYTES = 256 * 1024;
const LARGEST_REVISION = 9223372036854775807n;

/**
 * Checks one change and seals it in its place, at the revision after its base.
 * @param given as it came: members of the plain JSON that are unknown here are sealed with it.
 * @returns what the database is asked to write, or the problem with it.
 */
export function sealChange(
	systemLayer: SystemLayer,
	entity: string,
	given: unknown
): { sealed: SealedChange } | { problem: Problem } {
	const checked = v.safeParse(shape, given);
	if (!checked.success) return invalid(fieldErrors(checked.issues));
	const { change, id, domain, base, generation, sealed, plain } = checked.output;
	// No domain has a user layer, so nothing sealed by the browser is taken, and nothing has a generation.
	if (sealed !== undefined) return invalid([{ pointer: '#/sealed', detail: 'this domain has no user layer' }]);
	if (generation !== undefined) return invalid([{ pointer: '#/generation', detail: 'this domain has no user layer' }]);
	if (!plain) return invalid([{ pointer: '#/plain', detail: 'is missing' }]);
	const whole = (given as { plain: Plain }).plain;
	const purged = saysPurged(whole);
	if (purged && !isBare(whole))
		return invalid([{ pointer: '#/plain', detail: 'keeps what is to be deleted for good' }]);
	const revision = BigInt(base) + 1n;
	if (revision > LARGEST_REVISION) return invalid([{ pointer: '#/base', detail: 'is too large' }]);
	try {
		const json = JSON.stringify(whole);
		const body = systemLayer.sealRecord({ entity, domain, id, revision }, json);
		if (body.length > MOST_BODY_BYTES) return { problem: problemOf('record/too-large') };
		const state = purged ? 'purged' : plain.meta.deleted === true ? 'bin' : 'live';
		return { sealed: { change, id, domain, base, state, body } };
	} catch (error) {
		// What no JSON writer gets through (nested a hundred thousand deep), or no record's JSON.
		if (!(error instanceof RangeError) && !hasCode(error, 'crypto/input')) throw error;
		return invalid([{ pointer: '#/plain', detail: 'cannot be sealed' }]);
	}
}

function invalid(errors: Problem['errors']): { problem: Problem } {
	return { problem: problemOf('record/invalid', { errors }) };
}
