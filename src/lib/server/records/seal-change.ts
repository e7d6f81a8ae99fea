import * as v from 'valibot';
import { isBare, saysPurged } from '../../api/purged-body.ts';
import { changeSchema, plainSchema } from '../../api/record.ts';
import type { Plain } from '../../api/record.ts';
import type { Problem } from '../../api/problem.ts';
import { isShallow } from '../../crypto/json-depth.ts';
import { hasCode } from '../has-code.ts';
import { fieldErrors } from '../http/check.ts';
import { problemOf } from '../http/refusal.ts';
import type { RecordPlace, SystemLayer } from '../system-layer/index.ts';

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
 * @returns the JSON text of what the database is asked to write, or the problem with it.
 */
export function sealChange(
	systemLayer: SystemLayer,
	entity: string,
	given: unknown
): { text: string } | { problem: Problem } {
	const checked = v.safeParse(shape, given);
	if (!checked.success) return invalid(fieldErrors(checked.issues));
	const { change, id, domain, base, content } = checked.output;
	const revision = BigInt(base) + 1n;
	if (revision > LARGEST_REVISION) return invalid([{ pointer: '#/base', detail: 'is too large' }]);
	const place = { entity, domain, id, revision };
	const whole = (given as { plain?: Plain }).plain;
	const made = whole
		? sealPlain(systemLayer, place, checked.output, whole)
		: sealOver(systemLayer, place, checked.output);
	if ('problem' in made) return made;
	if (made.body.length > MOST_BODY_BYTES) return { problem: problemOf('record/too-large') };
	const { state, generation, body } = made;
	// Put together by hand, at a third of what JSON.stringify takes: nothing of it, as it was checked, could need an escape.
	const text = `{"change":"${change}","id":"${id}","domain":"${domain}","base":"${base}","state":"${state}","generation":${generation},"body":"${body}"${content ? `,"content":"${content}"` : ''}}`;
	return { text };
}

type Checked = v.InferOutput<typeof shape>;
type Made = { state: 'live' | 'bin' | 'purged'; generation: number | null; body: string } | { problem: Problem };

/** A body for a domain without a user layer; whether it is one, the database knows. */
function sealPlain(systemLayer: SystemLayer, place: RecordPlace, change: Checked, whole: Plain): Made {
	const extra = (['sealed', 'generation', 'state'] as const).filter((name) => change[name] !== undefined);
	if (extra.length > 0)
		return invalid(extra.map((name) => ({ pointer: `#/${name}`, detail: 'does not go with plain' })));
	const purged = saysPurged(whole);
	if (purged && !isBare(whole))
		return invalid([{ pointer: '#/plain', detail: 'keeps what is to be deleted for good' }]);
	if (!isShallow(whole)) return invalid([{ pointer: '#/plain', detail: 'is nested too deeply' }]);
	try {
		const body = systemLayer.sealRecord(place, JSON.stringify(whole));
		return { state: purged ? 'purged' : whole.meta.deleted === true ? 'bin' : 'live', generation: null, body };
	} catch (error) {
		if (!hasCode(error, 'crypto/input')) throw error;
		return invalid([{ pointer: '#/plain', detail: 'cannot be sealed' }]);
	}
}

/** A body that the browser sealed: the server only seals over it. */
function sealOver(systemLayer: SystemLayer, place: RecordPlace, { sealed, generation, state }: Checked): Made {
	if (sealed === undefined) return invalid([{ pointer: '#/plain', detail: 'is missing' }]);
	if (!generation) return invalid([{ pointer: '#/generation', detail: 'is missing' }]);
	try {
		return { state: state ?? 'live', generation, body: systemLayer.sealOverRecord(place, generation, sealed) };
	} catch (error) {
		if (!hasCode(error, 'crypto/input')) throw error;
		return invalid([{ pointer: '#/sealed', detail: 'is no envelope of this generation' }]);
	}
}

function invalid(errors: Problem['errors']): { problem: Problem } {
	return { problem: problemOf('record/invalid', { errors }) };
}
