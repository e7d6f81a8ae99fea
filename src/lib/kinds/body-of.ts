import type { Kind } from './define-kind.ts';
import type { ImportSource, RecordBody } from './record-body.ts';
import { isBlank } from './check-value.ts';
import { keepFormer } from './keep-former.ts';

/**
 * The body to seal for values that were checked: blank ones left out, and everything kept that the body had before and
 * this version does not know; what a later value replaces goes among the earlier ones (see keep-former.ts).
 * @param values all of the kind's values, those now blank or gone included
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
	const unknown = Object.entries(before?.values ?? {}).filter(([key]) => !Object.hasOwn(kind.fields, key));
	// A body with values is alive: saving over one that was deleted meanwhile takes it out of the bin.
	const { deleted: _deleted, ...meta } = before?.meta ?? {};
	const all = before === undefined ? values : keepFormer(kind, values, before.values);
	const filled = Object.entries(all).filter(([, value]) => !isBlank(value));
	return {
		...before,
		kind: kind.name,
		version: Math.max(kind.version, before?.version ?? 1),
		values: Object.fromEntries([...unknown, ...filled]),
		meta: { ...meta, at, ...(source === undefined ? {} : { source }) }
	};
}
