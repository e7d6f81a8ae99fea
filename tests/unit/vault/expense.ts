import type { RecordBody } from '../../../src/lib/kinds/record-body.ts';

/** The body of an expense with a note. */
export function expense(note: string, meta: Record<string, unknown> = {}): RecordBody {
	return { kind: 'expense', version: 1, values: { note }, meta: { at: '2026-01-01T00:00:00.000Z', ...meta } };
}
