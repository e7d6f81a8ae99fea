import { balanceFit } from './check-balance.ts';
import type { ColumnShape } from './column-shape.ts';
import { typeOf } from './column-shape.ts';
import type { Table } from './guess-columns.ts';
import { cellsOf } from './guess-columns.ts';
import { isForeign } from './header-words.ts';
import type { Columns } from './mapping.ts';

/** The signed minor units of a cell, null where it is no amount. */
export type MinorOf = (cell: string) => number | null;

export interface FilledColumns {
	columns: Columns;
	/** False where other columns could be the amounts as well, and the person must look. */
	sure: boolean;
}

/**
 * Fills in what the header did not tell by looking at the cells: the first column of dates; the amounts, by the
 * balances that bear them out where there are any; the texts, the longest as payee.
 */
export function fillColumnsByData(table: Table, known: Columns, minorOf: MinorOf): FilledColumns {
	let sure = true;
	const columns: Columns = { ...known, notes: [...known.notes] };
	columns.date ??= table.shapes.find((shape) => typeOf(shape) === 'date')?.index ?? null;
	if (columns.amount === null && columns.debit === null && columns.credit === null) {
		const proven = amountsByBalance(table, columns, minorOf);
		sure = proven !== null || numericColumns(table, columns).length < 2;
		Object.assign(columns, proven ?? exclusivePair(table, columns) ?? singleAmount(table, columns));
	}
	if (table.header.length === 0) columns.currency ??= currencyColumn(table, columns);
	if (columns.payee === null) fillTexts(table, columns);
	return { columns, sure };
}

function currencyColumn(table: Table, columns: Columns): number | null {
	const codes = table.shapes.filter(({ currencies, filled }) => currencies > 0 && currencies === filled);
	return codes.find((shape) => isFree(shape, columns))?.index ?? null;
}

function isFree({ index }: ColumnShape, columns: Columns): boolean {
	const { notes, ...single } = columns;
	return !notes.includes(index) && !Object.values(single).includes(index);
}

function numericColumns(table: Table, columns: Columns): ColumnShape[] {
	const numeric = table.shapes.filter(
		(shape) => isFree(shape, columns) && typeOf(shape) === 'amount' && !isForeign(table.header[shape.index] ?? '')
	);
	const decimal = numeric.filter(({ decimals, filled }) => decimals > filled / 2);
	return decimal.length > 0 ? decimal : numeric;
}

/** An amount, or a pair of money out and money in, that a third column proves to be its balance. */
function amountsByBalance(table: Table, columns: Columns, minorOf: MinorOf): Partial<Columns> | null {
	const numeric = numericColumns(table, columns).slice(0, 8);
	const values = new Map(numeric.map(({ index }) => [index, cellsOf(table, index).map(minorOf)]));
	const valuesOf = (index: number) => values.get(index) ?? [];
	for (const { index: balance } of numeric) {
		for (const { index: amount } of numeric) {
			if (amount !== balance && balanceFit(valuesOf(amount), valuesOf(balance)).share >= 0.8)
				return { amount, balance };
		}
		for (const { index: debit } of numeric) {
			for (const { index: credit } of numeric) {
				if (debit === credit || debit === balance || credit === balance) continue;
				const ins = valuesOf(credit);
				const net = valuesOf(debit).map((out, row) => (ins[row] ?? 0) - (out ?? 0));
				if (balanceFit(net, valuesOf(balance)).share >= 0.8) return { debit, credit, balance };
			}
		}
	}
	return null;
}

/** Two columns of which each row fills one. Which of them is money out is for the person to say. */
function exclusivePair(table: Table, columns: Columns): Partial<Columns> | null {
	const [first, second, ...more] = numericColumns(table, columns);
	if (first === undefined || second === undefined || more.length > 0) return null;
	const credits = cellsOf(table, second.index);
	const once = cellsOf(table, first.index).filter((cell, row) => (cell === '') !== (credits[row] === '')).length;
	return once >= table.cells.length * 0.9 ? { debit: first.index, credit: second.index } : null;
}

function singleAmount(table: Table, columns: Columns): Partial<Columns> {
	const numeric = numericColumns(table, columns);
	const amount = numeric.find(({ negatives }) => negatives > 0) ?? numeric[0];
	return { amount: amount?.index ?? null };
}

function fillTexts(table: Table, columns: Columns): void {
	const texts = table.shapes.filter(
		(shape) => isFree(shape, columns) && typeOf(shape) === 'text' && shape.currencies < shape.filled
	);
	const [payee, notes] = [...texts].sort((a, b) => weight(b) - weight(a));
	columns.payee = payee?.index ?? null;
	if (columns.notes.length === 0 && notes !== undefined && notes.distinct > 1) columns.notes = [notes.index];
}

/** Names differ from row to row and are long; types and flags are neither. */
function weight({ length, distinct, filled }: ColumnShape): number {
	return (length / filled) * Math.sqrt(distinct);
}
