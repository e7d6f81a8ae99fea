import type { Kind } from './define-kind.ts';
import { choicesOf } from './choices-of.ts';
import type { KindRecord } from './record-body.ts';
import { kindOf } from './registry.ts';

export { BLANK } from './choices-of.ts';

/** What a field's value must be: one of these (`BLANK` for none), or a date from and to, both included. */
export interface Filter {
	readonly oneOf?: readonly string[];
	readonly from?: string;
	readonly to?: string;
}
export type Filters = Readonly<Record<string, Filter>>;

/** Whether a record passes every filter. */
export function passes({ body }: KindRecord, filters: Filters): boolean {
	const fields = kindOf(body.kind)?.fields ?? {};
	return Object.entries(filters).every(([key, filter]) => {
		const choices = choicesOf(fields[key], key, body.values);
		if (filter.oneOf !== undefined && !choices.some((choice) => filter.oneOf?.includes(choice))) return false;
		return isWithin(body.values[key], filter);
	});
}

/** The values of a field that occur, and how often, most frequent first: what a filter offers. */
export function valuesOf(records: readonly KindRecord[], kind: Kind, key: string): { value: string; count: number }[] {
	const counts = new Map<string, number>();
	if (!Object.hasOwn(kind.fields, key)) return [];
	for (const { body } of records) {
		for (const value of choicesOf(kind.fields[key], key, body.values)) counts.set(value, (counts.get(value) ?? 0) + 1);
	}
	return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

function isWithin(value: unknown, { from, to }: Filter): boolean {
	if (from === undefined && to === undefined) return true;
	return typeof value === 'string' && (from === undefined || value >= from) && (to === undefined || value <= to);
}
