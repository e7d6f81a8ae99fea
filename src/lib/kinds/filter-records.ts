import type { Kind } from './define-kind.ts';
import { isBlank } from './check-value.ts';
import type { KindRecord } from './record-body.ts';

/** Stands for "nothing chosen" in a filter: records whose field is blank. */
export const BLANK = '';

/** What a field's value must be: one of these (`BLANK` for none), or a date from and to, both included. */
export interface Filter {
	readonly oneOf?: readonly string[];
	readonly from?: string;
	readonly to?: string;
}
export type Filters = Readonly<Record<string, Filter>>;

/** Whether a record passes every filter. */
export function passes(record: KindRecord, filters: Filters): boolean {
	return Object.entries(filters).every(([key, filter]) => passesOne(record.body.values[key], filter));
}

/** The values of a field that occur, and how often, most frequent first: what a filter offers. */
export function valuesOf(records: readonly KindRecord[], kind: Kind, key: string): { value: string; count: number }[] {
	const counts = new Map<string, number>();
	if (!Object.hasOwn(kind.fields, key)) return [];
	for (const { body } of records) {
		const value = body.values[key];
		const known = isBlank(value) ? BLANK : typeof value === 'string' ? value : undefined;
		if (known !== undefined) counts.set(known, (counts.get(known) ?? 0) + 1);
	}
	return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

function passesOne(value: unknown, { oneOf, from, to }: Filter): boolean {
	if (oneOf !== undefined) {
		const known = isBlank(value) ? BLANK : value;
		if (typeof known !== 'string' || !oneOf.includes(known)) return false;
	}
	if (from === undefined && to === undefined) return true;
	return typeof value === 'string' && (from === undefined || value >= from) && (to === undefined || value <= to);
}
