import type { HistoryAnswer } from '../../api/record.ts';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { recordOf } from './row.ts';
import type { Row } from './row.ts';

/** The earlier revisions of a record that are still kept, as the database orders them: newest first. */
export async function readHistory(
	{ backend, systemLayer }: Arca,
	person: Person,
	{ entity, id }: { entity: string; id: string }
): Promise<HistoryAnswer> {
	const rows = (await callFunction(backend, person, 'read_history', { entity, record: id })) as Row[];
	return { records: rows.map((row) => recordOf(systemLayer, entity, row)) };
}
