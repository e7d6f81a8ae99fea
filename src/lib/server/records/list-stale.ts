import type * as v from 'valibot';
import type { staleRequestSchema } from '../../api/reseal.ts';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { refuse } from '../http/refusal.ts';
import { recordText } from './row.ts';
import type { Row } from './row.ts';

/**
 * The bodies of a domain below a generation, current and earlier ones, by record and revision.
 * @returns the JSON text of a StaleAnswer.
 * @throws Refusal when the person may not, or used up their bytes.
 */
export async function listStale(
	{ backend, systemLayer, meter }: Arca,
	person: Person,
	{ entity, domain, below, limit, after }: v.InferOutput<typeof staleRequestSchema>
): Promise<string> {
	const from = after ? { after_id: after.id, after_rev: after.rev } : {};
	const args = { entity, domain, below, max_rows: limit ?? null, ...from };
	const page = (await callFunction(backend, person, 'list_stale', args)) as { records: Row[]; left: number };
	const records = page.records.map((row) => recordText(systemLayer, entity, row));
	const text = `{"records":[${records.join(',')}],"left":${page.left}}`;
	const wait = await meter.spend('recordBytes', `pull:user:${person.id}`, text.length);
	if (wait > 0) throw refuse('access/limit', { headers: { 'retry-after': String(wait) } });
	return text;
}
