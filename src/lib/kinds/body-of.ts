import type { Kind } from './define-kind.ts';
import type { ImportSource, RecordBody } from './record-body.ts';
import { isBlank } from './check-value.ts';

/**
 * The body to seal for values that were checked: those of the kind's fields that are blank left out, everything the
 * body had before and nobody here knows kept.
 * @param at when it is written, RFC 3339 UTC
 * @param before the body it replaces
 * @param source where an imported record came from
 */
export function bodyOf(
	kind: Kind,
	values: Record<string, unknown>,
	at: string,
	before?: RecordBody,
	source?: ImportSource
): RecordBody {
	const kept = Object.entries({ ...before?.values, ...values }).filter(
		([key, value]) => !Object.hasOwn(kind.fields, key) || !isBlank(value)
	);
	return {
		...before,
		kind: kind.name,
		version: Math.max(kind.version, before?.version ?? 1),
		values: Object.fromEntries(kept),
		meta: { ...before?.meta, at, ...(source === undefined ? {} : { source }) }
	};
}
