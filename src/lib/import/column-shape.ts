import { isCurrency } from '../kinds/currency.ts';
import { bareCell, isAmountLike } from './looks-like.ts';
import { isNegative } from './read-amount.ts';
import { isDateLike } from './read-date.ts';
import type { RawRow } from './split-rows.ts';

/** What the cells of a column look like, counted over the rows of a table. */
export interface ColumnShape {
	index: number;
	/** Cells that are not empty. The other counts are of these. */
	filled: number;
	dates: number;
	amounts: number;
	/** Amounts with decimals, whichever mark parts them. */
	decimals: number;
	negatives: number;
	currencies: number;
	/** How many different texts. */
	distinct: number;
	/** Characters altogether. */
	length: number;
}

/** Rows looked at: enough to know a column, few enough for the largest file. */
const SAMPLE = 2000;

/** The shape of each column. */
export function describeColumns(rows: readonly RawRow[], width: number): ColumnShape[] {
	const shapes = Array.from({ length: width }, (_, index) => emptyShape(index));
	const texts = shapes.map(() => new Set<string>());
	for (const { cells } of rows.slice(0, SAMPLE)) {
		for (const shape of shapes) {
			const cell = bareCell(cells[shape.index] ?? '');
			if (cell === '') continue;
			addCell(shape, cell);
			texts[shape.index]?.add(cell);
		}
	}
	for (const shape of shapes) shape.distinct = texts[shape.index]?.size ?? 0;
	return shapes;
}

/** What nearly all filled cells of a column are. */
export function typeOf(shape: ColumnShape): 'empty' | 'date' | 'amount' | 'text' {
	if (shape.filled === 0) return 'empty';
	if (shape.dates >= shape.filled * 0.6) return 'date';
	return shape.amounts >= shape.filled * 0.6 ? 'amount' : 'text';
}

function emptyShape(index: number): ColumnShape {
	return { index, filled: 0, dates: 0, amounts: 0, decimals: 0, negatives: 0, currencies: 0, distinct: 0, length: 0 };
}

function addCell(shape: ColumnShape, cell: string): void {
	shape.filled += 1;
	shape.length += cell.length;
	if (isDateLike(cell)) shape.dates += 1;
	if (isCurrency(cell.toUpperCase())) shape.currencies += 1;
	if (!isAmountLike(cell)) return;
	shape.amounts += 1;
	if (/\d[.,]\d{1,2}(?!\d)/.test(cell)) shape.decimals += 1;
	if (isNegative(cell)) shape.negatives += 1;
}
