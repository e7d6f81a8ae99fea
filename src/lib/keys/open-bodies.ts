import { openRecords } from '../crypto/open-records.ts';
import type { BodyColumns, OpenedColumns } from './columns.ts';
import { rowsOf } from './in-one-piece.ts';
import { revisionOf } from './revision-of.ts';

/** Opens bodies as they go over; each by itself. */
export async function openBodies(
	from: Parameters<typeof openRecords>[0],
	{ ids, revs, generations, ...piece }: BodyColumns
): Promise<OpenedColumns> {
	const records = rowsOf(piece).map((envelope, at) => ({
		...{ id: ids[at] ?? '', revision: revisionOf(revs[at]), generation: generations[at] ?? 0 },
		envelope
	}));
	const opened = await openRecords(from, records);
	return {
		jsons: opened.map((one) => (one.ok ? one.json : null)),
		authors: opened.map((one) => (one.ok ? one.author : null)),
		whys: opened.map((one) => (one.ok ? null : one.why))
	};
}
