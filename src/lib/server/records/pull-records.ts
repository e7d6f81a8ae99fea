import type * as v from 'valibot';
import { MOST_ROWS } from '../../api/record.ts';
import type { pullRequestSchema } from '../../api/record.ts';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { refuse } from '../http/refusal.ts';
import { recordText } from './row.ts';
import type { Row } from './row.ts';

interface Page {
	records: Row[];
	more: boolean;
	epoch: string;
	restored_from: string | null;
}

/**
 * One page of what changed since the cursors of the request, in the order of domain and sequence.
 * @returns the JSON text of a PullAnswer: bodies are put in as text, never parsed and written again.
 * @throws Refusal when the person may not, or used up their bytes.
 */
export async function pullRecords(
	{ backend, systemLayer, meter }: Arca,
	person: Person,
	{ entity, after, limit }: v.InferOutput<typeof pullRequestSchema>
): Promise<string> {
	const args = { entity, after, max_rows: limit ?? MOST_ROWS };
	const page = (await callFunction(backend, person, 'pull_records', args)) as Page;
	const next: { [domain: string]: string } = { ...after };
	const records = page.records.map((row) => {
		next[row.domain] = row.seq;
		return recordText(systemLayer, entity, row);
	});
	const { more, epoch, restored_from: restoredFrom } = page;
	const rest = JSON.stringify({ after: next, more, epoch, restoredFrom });
	const text = `{"records":[${records.join(',')}],${rest.slice(1)}`;
	const wait = await meter.spend('recordBytes', `pull:user:${person.id}`, text.length);
	if (wait > 0) throw refuse('access/limit', { headers: { 'retry-after': String(wait) } });
	return text;
}
