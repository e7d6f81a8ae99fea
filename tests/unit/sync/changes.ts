import type { Change, Record as RecordRow } from '../../../src/lib/api/record.ts';

export const ENTITY = '11111111-1111-4111-8111-111111111111';
export const EPOCH = '99999999-9999-4999-8999-999999999999';

/** A lower-case UUID with a number in it. */
export function uuid(number: number): string {
	return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** A new expense, its record's id and change id made of `number`. */
export function newChange(number: number, note = ''): Change {
	const plain = { kind: 'expense', version: 1, values: { note }, meta: { at: '2026-01-01T00:00:00.000Z' } };
	return { change: uuid(1_000_000 + number), id: uuid(number), domain: 'finances', base: '0', plain };
}

/** A row as a pull gives it. */
export function row(number: number, more: Partial<RecordRow> = {}): RecordRow {
	return {
		id: uuid(number),
		domain: 'finances',
		rev: '1',
		seq: String(number),
		author: null,
		state: 'live',
		updatedAt: '2026-01-01T00:00:00Z',
		plain: {
			kind: 'expense',
			version: 1,
			values: { note: `note ${number}` },
			meta: { at: '2026-01-01T00:00:00.000Z' }
		},
		...more
	};
}
