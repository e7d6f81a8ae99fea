import type { Kind } from './define-kind.ts';
import type { Field } from './field.ts';
import { displayValue, type Look } from './display-value.ts';
import { digitsOf } from './currency.ts';
import { isMoney } from './money.ts';
import type { KindRecord } from './record-body.ts';

export interface Sort {
	readonly by: string;
	readonly descending: boolean;
}

/** What a value is ordered by; null when there is none. */
export type SortKey = string | number | bigint | null;

/**
 * The records in order of one field, in a new array: dates and numbers by size, amounts by size whatever their currency,
 * words as the locale orders them. Records without a value come last either way; equal ones stay as they were.
 *
 * Only the keys that differ are compared, since many records share a day, a category, a payee: each gets its rank, and
 * the records are ordered by rank and place as plain numbers. 100,000 take tens of milliseconds.
 */
export function sortRecords<R extends KindRecord>(records: readonly R[], kind: Kind, sort: Sort, look: Look): R[] {
	const field = kind.fields[sort.by];
	if (field === undefined) return [...records];
	const codeOf = new Map<SortKey, number>();
	const keyOf = keyReader(field, sort.by, look);
	const codes = records.map((record) => {
		const key = keyOf(record);
		let code = codeOf.get(key);
		if (code === undefined) codeOf.set(key, (code = codeOf.size));
		return code;
	});
	const ranks = ranksOf(codeOf, keyOrder(look.locale), sort.descending);
	// Rank and place in one whole number, exact far past what a device can hold.
	const count = records.length;
	const packed = Float64Array.from(codes, (code, place) => (ranks[code] ?? 0) * count + place).sort();
	return Array.from(packed, (each) => records[each % count] as R);
}

/** What a field's value is ordered by. */
export function sortKey(field: Field, value: unknown, look: Look): SortKey {
	if (isMoney(value)) {
		const digits = digitsOf(value.currency);
		const scaled = value.minor * 10 ** (4 - digits);
		return Number.isSafeInteger(scaled) ? scaled : BigInt(value.minor) * 10n ** BigInt(4 - digits);
	}
	if (field.type === 'number' && typeof value === 'object' && value !== null && 'value' in value) {
		return typeof value.value === 'number' ? value.value : null;
	}
	if (field.type === 'date-time') {
		const moment = typeof value === 'string' ? Date.parse(value) : NaN;
		return Number.isNaN(moment) ? null : moment;
	}
	const text = field.type === 'date' ? value : displayValue(field, value, look);
	return typeof text === 'string' && text !== '' ? text : null;
}

/** Reads records' keys; a text that occurs again is not read again. */
export function keyReader(field: Field, key: string, look: Look): (record: KindRecord) => SortKey {
	const known = new Map<string, SortKey>();
	return ({ body }) => {
		const value = body.values[key];
		if (typeof value !== 'string') return sortKey(field, value, look);
		let found = known.get(value);
		if (found === undefined) known.set(value, (found = sortKey(field, value, look)));
		return found;
	};
}

const orders = new Map<string, (a: SortKey, b: SortKey) => number>();

/** How keys stand to each other in a locale, rising: numbers before words, and nothing after everything. */
export function keyOrder(locale: string): (a: SortKey, b: SortKey) => number {
	let order = orders.get(locale);
	if (order === undefined) {
		const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
		order = (a, b) => {
			if (a === null || b === null) return Number(a === null) - Number(b === null);
			if (typeof a === 'string') return typeof b === 'string' ? collator.compare(a, b) : 1;
			if (typeof b === 'string') return -1;
			return a < b ? -1 : a > b ? 1 : 0;
		};
		orders.set(locale, order);
	}
	return order;
}

/** The rank of each key, by its code; equal keys share one, and none has the last, whichever way is asked for. */
function ranksOf(
	codeOf: ReadonlyMap<SortKey, number>,
	order: (a: SortKey, b: SortKey) => number,
	descending: boolean
): Float64Array {
	const keys = [...codeOf.keys()].filter((key) => key !== null);
	const rising = keys.every((key) => typeof key === 'number') ? Float64Array.from(keys).sort() : keys.sort(order);
	const ranks = new Float64Array(codeOf.size);
	let top = 0;
	rising.forEach((key: NonNullable<SortKey>, place: number) => {
		if (place > 0 && order(rising[place - 1] ?? null, key) !== 0) top += 1;
		ranks[codeOf.get(key) ?? 0] = top;
	});
	if (descending) ranks.forEach((rank, code) => (ranks[code] = top - rank));
	const blank = codeOf.get(null);
	if (blank !== undefined) ranks[blank] = top + 1;
	return ranks;
}
