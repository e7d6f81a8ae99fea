import { label, sortRecords } from '../kinds/index.ts';
import type { Kind, KindRecord, Look } from '../kinds/index.ts';
import { kindColumns } from './kind-columns.ts';
import { withRoom } from './long-texts.ts';
import type { Table } from './table.ts';

/**
 * The sheet of a kind: a row for each record, in the order of the kind's list.
 * @param records of this kind
 */
export function kindTable(kind: Kind, records: readonly KindRecord[], look: Look): Table {
	const columns = kindColumns(kind, look);
	const { by, descending = false } = kind.list.sort;
	const sorted = sortRecords(records, kind, { by, descending }, look);
	const rows = sorted.map(({ body }) => columns.map(({ cell }) => cell(body.values)));
	return withRoom({ name: label(kind.sheet.name, look.locale), columns, rows }, look.locale);
}
