import type { ColumnShape } from './column-shape.ts';
import { describeColumns, typeOf } from './column-shape.ts';
import { bareCell, isAmountLike } from './looks-like.ts';
import type { Columns, Mapping } from './mapping.ts';
import { isBooked, namesBalance, namesTotal } from './movement-words.ts';
import { isDateLike, readDate } from './read-date.ts';
import type { Movement } from './movement.ts';
import { readRow } from './read-row.ts';
import type { Statement } from './read-statement.ts';
import type { RowProblem, RowProblemCode } from './row-problem.ts';
import { rowProblem } from './row-problem.ts';
import type { RawRow } from './split-rows.ts';

/** A row that is no movement and is not meant to be one. */
export interface LeftOut {
	line: number;
	/**
	 * `balance`, `total`: a line of balances or totals; `footer`: text below the table; `header`: the header once more;
	 * `not-booked`: pending, declined, taken back; `zero`: no money moved; `correction`: it changes an earlier movement;
	 * `investment`: bought, sold or held, or a loan's; `list`: an entry of a list of names; `other-side`: the transfer is
	 * imported from its other account's side; `not-wanted`: the person left its account out.
	 */
	reason:
		| 'balance'
		| 'total'
		| 'footer'
		| 'header'
		| 'not-booked'
		| 'zero'
		| 'correction'
		| 'investment'
		| 'list'
		| 'other-side'
		| 'not-wanted';
	text: string;
}

/** Every row of a statement's body stands in exactly one of the three. */
export interface Reading {
	movements: Movement[];
	problems: RowProblem[];
	leftOut: LeftOut[];
}

/**
 * Reads a statement by a mapping: what can be read is a movement, what cannot is a problem with its line, and what
 * is not meant to be a movement is left out with a reason. Nothing is dropped without a word.
 */
export function readRows(statement: Statement, mapping: Mapping): Reading {
	const reading: Reading = { movements: [], problems: [...statement.problems], leftOut: [] };
	const shapes = describeColumns(statement.body, statement.width);
	const last = lastDated(statement.body, mapping);
	for (const [index, row] of statement.body.entries()) {
		if (row.cells.every((cell) => bareCell(cell) === '')) continue;
		const reason = leftOutFor(row, statement, mapping, index > last);
		if (reason !== null) {
			reading.leftOut.push({ line: row.line, reason, text: rowProblem(row.line, 'date', row.cells.join(' ')).text });
			continue;
		}
		const width = checkWidth(row, statement.width, shapes) ?? checkState(row, mapping.columns);
		const read = width === null ? readRow(row, mapping) : rowProblem(row.line, width, row.cells.join(' '));
		if ('code' in read) reading.problems.push(read);
		else if (read.money.minor === 0) reading.leftOut.push({ line: row.line, reason: 'zero', text: read.payee });
		else reading.movements.push(read);
	}
	reading.problems.sort((a, b) => a.line - b.line);
	return reading;
}

function lastDated(body: readonly RawRow[], { columns, dateOrder }: Mapping): number {
	return body.findLastIndex(({ cells }) => readDate(bareCell(cells[columns.date ?? -1] ?? ''), dateOrder) !== null);
}

/** Why a row is no movement; null for a movement, be it broken. */
function leftOutFor(row: RawRow, statement: Statement, mapping: Mapping, isLast: boolean): LeftOut['reason'] | null {
	const { columns } = mapping;
	const cells = row.cells.map(bareCell);
	const header = statement.header?.cells.map(bareCell);
	if (header !== undefined && cells.length === header.length && cells.every((cell, at) => cell === header[at]))
		return 'header';
	const filled = cells.filter((cell) => cell !== '');
	const cell = (column: number | null) => (column === null ? '' : (cells[column] ?? ''));
	// Some banks say so where the date will stand later.
	if ([columns.state, columns.date].some((column) => isBooked(cell(column)) === false)) return 'not-booked';
	const amounts = [columns.amount, columns.debit, columns.credit].map(cell).join('');
	const dated = readDate(cell(columns.date), mapping.dateOrder) !== null;
	if (dated) {
		const names = filled.some(namesBalance);
		return names && (amounts === '' || namesBalance(cell(columns.payee))) ? 'balance' : null;
	}
	if (isDateLike(cell(columns.date)) || /^\d{1,4}[-/.]\d/.test(cell(columns.date))) return null;
	if (filled.some(namesTotal)) return filled.some(namesBalance) ? 'balance' : 'total';
	// Below the last movement stand remarks; in between, or with digits first, it is a movement that broke.
	const isRemark = filled.length === 1 || (cell(columns.date) === '' && amounts === '');
	return isLast && isRemark && !/^\d/.test(filled[0] ?? '') ? 'footer' : null;
}

/**
 * Whether a row's cells can be trusted to stand in their columns. A separator too many or too few shifts the rest,
 * and a balance could be read as the amount. Banks do leave empty cells off at the end: a short row passes where
 * what it has looks like its columns and what it lacks is text.
 */
function checkWidth(row: RawRow, width: number, shapes: readonly ColumnShape[]): RowProblemCode | null {
	if (row.cells.slice(width).some((cell) => cell.trim() !== '')) return 'too-many-cells';
	if (row.cells.length >= width) return null;
	const fits = shapes.every((shape) => {
		const type = typeOf(shape);
		const cell = bareCell(row.cells[shape.index] ?? '');
		if (shape.index >= row.cells.length)
			return type === 'text' || type === 'empty' || shape.filled * 2 < shapeRows(shapes);
		if (cell === '' || type === 'empty') return true;
		if (type === 'amount') return isAmountLike(cell);
		if (type === 'date') return true;
		return shape.amounts > 0 || !isAmountLike(cell);
	});
	return fits ? null : 'too-few-cells';
}

/** Rows that the shapes were counted over, as the fullest column has them. */
function shapeRows(shapes: readonly ColumnShape[]): number {
	return Math.max(...shapes.map(({ filled }) => filled));
}

function checkState(row: RawRow, columns: Columns): RowProblemCode | null {
	const state = columns.state === null ? '' : bareCell(row.cells[columns.state] ?? '');
	return state !== '' && isBooked(state) === null ? 'state' : null;
}
