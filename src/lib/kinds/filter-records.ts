import { isDateTime, wallTime } from './dates.ts';
import type { Kind } from './define-kind.ts';
import { choicesOf } from './choices-of.ts';
import type { KindRecord } from './record-body.ts';

export { BLANK } from './choices-of.ts';

/** What a field's value must be: one of these (`BLANK` for none), or a date from and to, both included. */
export interface Filter {
	readonly oneOf?: readonly string[];
	readonly from?: string;
	readonly to?: string;
}
export type Filters = Readonly<Record<string, Filter>>;

/** Says of records of a kind whether they pass every filter. */
export function passing(kind: Kind, filters: Filters): (record: KindRecord) => boolean {
	const tests = Object.entries(filters).map(([key, { oneOf, from, to }]) => {
		const field = kind.fields[key];
		const wanted = oneOf && new Set(oneOf);
		return ({ body: { values } }: KindRecord): boolean => {
			if (wanted && !choicesOf(field, key, values).some((choice) => wanted.has(choice))) return false;
			if (from === undefined && to === undefined) return true;
			const value = values[key];
			if (typeof value !== 'string') return false;
			const day = field?.type === 'date-time' ? dayOf(value) : value;
			return (from === undefined || day >= from) && (to === undefined || day <= to);
		};
	});
	return (record) => tests.every((test) => test(record));
}

/** The day of a moment where the device is. */
function dayOf(at: string): string {
	return (isDateTime(at) ? wallTime(at) : at).slice(0, 10);
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
