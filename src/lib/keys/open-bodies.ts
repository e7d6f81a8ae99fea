import { openRecords } from '../crypto/open-records.ts';
import type { BodyColumns, OpenedColumns } from './columns.ts';
import { placedRows } from './seal-bodies.ts';

/** Opens bodies as they go over, each by itself. What is in them takes the memory that their envelopes had. */
export async function openBodies(
	from: Parameters<typeof openRecords>[0],
	{ generations, ...columns }: BodyColumns
): Promise<OpenedColumns> {
	const records = placedRows(columns).map(({ id, revision, envelope }, at) => {
		return { id, revision, generation: generations[at] ?? 0, envelope };
	});
	const opened = await openRecords(from, records);
	const { bytes } = columns;
	let end = 0;
	const sizes = opened.map((one) => {
		if (!one.ok) return 0;
		bytes.set(one.content, end);
		end += one.content.length;
		return one.content.length;
	});
	return {
		...{ bytes, sizes },
		authors: opened.map((one) => (one.ok ? one.author : null)),
		whys: opened.map((one) => (one.ok ? null : one.why))
	};
}
