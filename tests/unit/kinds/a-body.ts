import type { KindRecord, Money, RecordBody } from '../../../src/lib/kinds/index.ts';

export const ID = '0190a0b0-0000-7000-8000-000000000001';

/** A body of a kind, written at a fixed time. */
export function body(kind: string, values: Record<string, unknown>): RecordBody {
	return { kind, version: 1, values, meta: { at: '2024-01-01T00:00:00Z' } };
}

export function euros(minor: number): Money {
	return { minor, currency: 'EUR' };
}

/** An expense that is right as it is, with some values of one's own. */
export function expenseOf(values: Record<string, unknown>): RecordBody {
	return body('expense', { date: '2024-01-01', amount: euros(100), ...values });
}

let count = 0;

/** A body with an id of its own, as the vault holds it. */
export function record(kind: string, values: Record<string, unknown>, id?: string): KindRecord {
	count += 1;
	return { id: id ?? `0190a0b0-0000-7000-9000-${String(count).padStart(12, '0')}`, body: body(kind, values) };
}
