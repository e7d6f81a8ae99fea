import * as v from 'valibot';
import { recordSchema } from '../api/record.ts';

/** What must be readable of a row for it to be told which revision of which record it is meant to be. */
const placeSchema = v.pick(recordSchema, ['id', 'domain', 'rev', 'seq']);

/**
 * An answer whose list of records is not what the interface promises, with the rows mended, so that a bad one stops no
 * other: one of which no more than its place can be read is a damaged record, and one without a place is left out, which
 * a full pull finds missing. What is no answer with records is given back as it came.
 */
export function mendRows(answer: unknown): unknown {
	if (typeof answer !== 'object' || answer === null) return answer;
	const { records } = answer as { records?: unknown };
	return Array.isArray(records) ? { ...answer, records: records.flatMap(mended) } : answer;
}

function mended(row: unknown): unknown[] {
	if (v.is(recordSchema, row)) return [row];
	const place = v.safeParse(placeSchema, row);
	if (!place.success) return [];
	return [{ ...place.output, author: null, state: 'live', updatedAt: '', damaged: true }];
}
