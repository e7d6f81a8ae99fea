import { formatMoney, label, sortRecords } from '../kinds/index.ts';
import type { Kind, KindRecord, Look, Money } from '../kinds/index.ts';
import { amountCell, kindColumns } from './kind-columns.ts';
import { withRoom } from './long-texts.ts';
import type { Cell, Column, Table } from './table.ts';
import { words } from './words.ts';
import type { Worths } from './worths.ts';

/**
 * The sheet of a kind: a row for each record, in the order of the kind's list.
 * @param records of this kind
 * @param worths what they count for in net worth: where any of them does, it stands at the end of its row
 */
export function kindTable(kind: Kind, records: readonly KindRecord[], look: Look, worths?: Worths): Table {
	const columns = kindColumns(kind, look);
	const { by, descending = false } = kind.list.sort;
	const sorted = sortRecords(records, kind, { by, descending }, look);
	const rows = sorted.map(({ body }) => columns.map(({ cell }) => cell(body.values)));
	const table = withRoom({ name: label(kind.sheet.name, look.locale), columns, rows }, look.locale);
	if (!worths || !sorted.some(({ id }) => worths.has(id))) return table;
	return withWorths(
		table,
		sorted.map(({ id }) => worths.get(id) ?? []),
		look.locale
	);
}

function withWorths(table: Table, worths: readonly (readonly Money[])[], locale: string): Table {
	const header = label(words.counted, locale);
	const at = table.columns.length;
	const columns: Column[] = [
		...table.columns,
		{ header, format: 'money', width: 14, currency: at + 1 },
		{ header: `${header}: ${label(words.currency, locale)}`, format: 'text', width: 24, wraps: true }
	];
	return {
		...table,
		columns,
		rows: table.rows.map((row, place) => [...row, ...worthCells(worths[place] ?? [], locale)])
	};
}

/** An amount and its currency; several, which an account of two currencies has, as words. */
function worthCells(worths: readonly Money[], locale: string): Cell[] {
	const [only, ...others] = worths;
	if (!only) return [null, null];
	if (others.length === 0) return [amountCell(only), only.currency];
	return [null, worths.map((amount) => formatMoney(amount, locale)).join('\n')];
}
