import { label } from '../kinds/index.ts';
import { MOST_CELL_TEXT } from './table.ts';
import type { Cell, Column, Table } from './table.ts';
import { words } from './words.ts';

/** The table with further columns at its end for texts that are longer than a cell holds: nothing of them is lost. */
export function withRoom(table: Table, locale: string): Table {
	const needed = table.columns.map((_, at) =>
		table.rows.reduce((most, row) => Math.max(most, piecesOf(row[at] ?? null).length), 1)
	);
	const more = needed.flatMap((count, at) =>
		Array.from({ length: count - 1 }, (_, piece) => ({ at, piece: piece + 1 }))
	);
	if (more.length === 0) return table;
	const columns: Column[] = more.map(({ at, piece }) => ({
		...{
			header: `${table.columns[at]?.header ?? ''} (${label(words.more, locale)} ${piece})`,
			format: 'text',
			width: 48,
			wraps: true
		}
	}));
	const rows = table.rows.map((row) => [
		...row.map((cell) => piecesOf(cell)[0] ?? null),
		...more.map(({ at, piece }) => piecesOf(row[at] ?? null)[piece] ?? null)
	]);
	return { ...table, columns: [...table.columns, ...columns], rows };
}

/** A cell's value in pieces that a cell holds; a character of two code units stays whole. */
function piecesOf(cell: Cell): Cell[] {
	if (typeof cell !== 'string' || cell.length <= MOST_CELL_TEXT) return [cell];
	const pieces: string[] = [];
	for (let from = 0; from < cell.length;) {
		let to = Math.min(from + MOST_CELL_TEXT, cell.length);
		const last = cell.charCodeAt(to - 1);
		if (to < cell.length && last >= 0xd800 && last < 0xdc00) to -= 1;
		pieces.push(cell.slice(from, to));
		from = to;
	}
	return pieces;
}
