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

type Key = string | number | bigint | null;

/**
 * The records in order of one field, in a new array: dates and numbers by size, amounts by size whatever their currency,
 * words as the locale orders them. Records without a value come last either way; equal ones stay as they were.
 */
export function sortRecords<R extends KindRecord>(records: readonly R[], kind: Kind, sort: Sort, look: Look): R[] {
	const field = kind.fields[sort.by];
	if (field === undefined) return [...records];
	const collator = new Intl.Collator(look.locale, { numeric: true, sensitivity: 'base' });
	const turn = sort.descending ? -1 : 1;
	return records
		.map((record) => ({ record, key: sortKey(field, record.body.values[sort.by], look) }))
		.sort((a, b) => {
			if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
			return turn * compare(a.key, b.key, collator);
		})
		.map(({ record }) => record);
}

/** What a value is ordered by; null when there is none. */
export function sortKey(field: Field, value: unknown, look: Look): Key {
	if (isMoney(value)) return BigInt(value.minor) * 10n ** BigInt(4 - digitsOf(value.currency));
	if (field.type === 'number' && typeof value === 'object' && value !== null && 'value' in value) {
		return typeof value.value === 'number' ? value.value : null;
	}
	if (field.type === 'date-time') return typeof value === 'string' ? Date.parse(value) : null;
	const text = field.type === 'date' ? value : displayValue(field, value, look);
	return typeof text === 'string' && text !== '' ? text : null;
}

function compare(a: NonNullable<Key>, b: NonNullable<Key>, collator: Intl.Collator): number {
	if (typeof a === 'string' && typeof b === 'string') return collator.compare(a, b);
	return a < b ? -1 : a > b ? 1 : 0;
}
