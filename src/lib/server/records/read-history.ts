import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { refuse } from '../http/refusal.ts';
import { recordText } from './row.ts';
import type { Row } from './row.ts';

/**
 * The earlier revisions of a record that are still kept, as the database orders them: newest first.
 * @returns the JSON text of a HistoryAnswer.
 * @throws Refusal when the person may not, or used up their bytes.
 */
export async function readHistory(
	{ backend, systemLayer, meter }: Arca,
	person: Person,
	{ entity, id }: { entity: string; id: string }
): Promise<string> {
	const rows = (await callFunction(backend, person, 'read_history', { entity, record: id })) as Row[];
	const text = `{"records":[${rows.map((row) => recordText(systemLayer, entity, row)).join(',')}]}`;
	const wait = await meter.spend('recordBytes', `pull:user:${person.id}`, text.length);
	if (wait > 0) throw refuse('access/limit', { headers: { 'retry-after': String(wait) } });
	return text;
}
