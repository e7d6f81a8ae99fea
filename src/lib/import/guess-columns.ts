import type { ColumnShape } from './column-shape.ts';
import { describeColumns, typeOf } from './column-shape.ts';
import type { Role } from './header-words.ts';
import { EXACT, headerScore } from './header-words.ts';
import { bareCell } from './looks-like.ts';
import type { Columns } from './mapping.ts';
import { noColumns } from './mapping.ts';
import { directionOf, isBooked } from './movement-words.ts';
import { isNegative } from './read-amount.ts';
import type { Statement } from './read-statement.ts';
import { wordsOf } from './words.ts';

/** What a column of states has: few different words, of which nearly all are known. */
const MOST_STATES = 10;
const STATE_SHARE = 0.8;

/** The table a guess is made for: its rows and the shape of each column. */
export interface Table {
	header: readonly string[];
	cells: readonly (readonly string[])[];
	shapes: readonly ColumnShape[];
}

/** Cells of a column, empty where a row is too short. */
export function cellsOf(table: Table, column: number): string[] {
	return table.cells.map((cells) => bareCell(cells[column] ?? ''));
}

/** A statement's table, each column described. */
export function tableOf({ header, body, width }: Statement): Table {
	return { header: header?.cells ?? [], cells: body.map(({ cells }) => cells), shapes: describeColumns(body, width) };
}

/**
 * What each column is, by the words of its header, as far as its cells bear the words out; a column is given to one
 * role alone. What has no telling header is left null here.
 */
export function guessColumnsByHeader(table: Table): Columns {
	const columns: Columns = { ...noColumns, notes: [] };
	const taken = new Set<number>();
	const take = (role: Role, fits: (shape: ColumnShape) => boolean): number | null => {
		const found = best(table, role, (shape) => !taken.has(shape.index) && fits(shape));
		if (found !== null) taken.add(found);
		return found;
	};
	columns.date = take('date', isType('date')) ?? take('date', (shape) => shape.dates > 0);
	takeAmounts(table, columns, taken);
	columns.balance = take('balance', isType('amount'));
	const isNet = columns.amount !== null && /\b(?:net|neto|netto)\b/.test(wordsOf(table.header[columns.amount] ?? ''));
	if (!isNet) columns.fee = take('fee', isType('amount'));
	columns.currency = take('currency', (shape) => shape.currencies > 0 && shape.currencies >= shape.filled * 0.6);
	columns.state = take(
		'state',
		// Remarks can have such words too; states are few, and nearly every row has one.
		({ index, distinct }) =>
			distinct <= MOST_STATES && says(table, index, (cell) => isBooked(cell) !== null) >= STATE_SHARE
	);
	columns.sign = take(
		'sign',
		({ index }) => says(table, index, (cell) => directionOf(cell) !== null) >= 0.8 && needsSign(table, columns, index)
	);
	columns.bankId = take('bankId', isUnique(table));
	columns.payee = take('payee', isPayee(table));
	columns.payer = take('payer', isType('text'));
	columns.payee ??= columns.payer;
	if (columns.payee === columns.payer) columns.payer = null;
	columns.notes = notes(table, taken);
	return columns;
}

/** The column whose header names a role best, among those that fit. */
function best(table: Table, role: Role, fits: (shape: ColumnShape) => boolean): number | null {
	let found: number | null = null;
	let most = 0;
	for (const shape of table.shapes) {
		// A column that is empty in half of the rows loses against one that is not.
		const gaps = shape.filled * 2 < table.cells.length ? 0.5 : 1;
		const score = headerScore(table.header[shape.index] ?? '', role) * gaps;
		if (score > most && fits(shape)) [found, most] = [shape.index, score];
	}
	return found;
}

function isType(type: ReturnType<typeof typeOf>): (shape: ColumnShape) => boolean {
	return (shape) => typeOf(shape) === type;
}

/** Texts; or whatever stands under a header that says payee and nothing else, such as the numbers of cheques. */
function isPayee(table: Table): (shape: ColumnShape) => boolean {
	return (shape) =>
		typeOf(shape) === 'text' ||
		(typeOf(shape) === 'amount' && headerScore(table.header[shape.index] ?? '', 'payee') >= EXACT);
}

function isUnique(table: Table): (shape: ColumnShape) => boolean {
	return (shape) =>
		typeOf(shape) !== 'date' && shape.decimals === 0 && shape.distinct >= Math.min(table.cells.length, 2000) * 0.9;
}

/** A pair of columns for money out and money in, or one column of amounts with signs; a pair goes before. */
function takeAmounts(table: Table, columns: Columns, taken: Set<number>): void {
	const numeric = (shape: ColumnShape) =>
		!taken.has(shape.index) && (typeOf(shape) === 'amount' || typeOf(shape) === 'empty');
	const debit = best(table, 'debit', numeric);
	const credit = best(table, 'credit', (shape) => numeric(shape) && shape.index !== debit);
	const amount = best(table, 'amount', (shape) => numeric(shape) && shape.filled > 0);
	const filled = (column: number | null) => (column === null ? 0 : (table.shapes[column]?.filled ?? 0));
	const signed = amount !== null && amount !== debit && amount !== credit && table.shapes[amount]?.negatives !== 0;
	if (debit !== null && credit !== null && filled(debit) + filled(credit) > 0 && !signed) {
		columns.debit = debit;
		columns.credit = credit;
	} else {
		columns.amount = amount ?? (filled(debit) > 0 ? debit : filled(credit) > 0 ? credit : null);
	}
	for (const column of [columns.amount, columns.debit, columns.credit]) if (column !== null) taken.add(column);
}

/** A column that says the direction is needed only where the amounts' own signs do not say it. */
function needsSign(table: Table, { amount }: Columns, sign: number): boolean {
	if (amount === null) return false;
	if (table.shapes[amount]?.negatives === 0) return true;
	const words = cellsOf(table, sign);
	const outs = cellsOf(table, amount).filter((cell, row) => cell !== '' && directionOf(words[row] ?? '') === 'out');
	return outs.filter(isNegative).length * 2 < outs.length;
}

/** The share of a column's filled cells of which something holds. */
function says(table: Table, column: number, holds: (cell: string) => boolean): number {
	const filled = cellsOf(table, column).filter((cell) => cell !== '');
	return filled.length === 0 ? 0 : filled.filter(holds).length / filled.length;
}

/** The three columns that are best named as notes, in the table's order. */
function notes(table: Table, taken: ReadonlySet<number>): number[] {
	return table.shapes
		.filter((shape) => !taken.has(shape.index) && (typeOf(shape) === 'text' || typeOf(shape) === 'empty'))
		.map(({ index }) => ({ index, score: headerScore(table.header[index] ?? '', 'notes') }))
		.filter(({ score }) => score > 0)
		.sort((a, b) => b.score - a.score)
		.slice(0, 3)
		.map(({ index }) => index)
		.sort((a, b) => a - b);
}
