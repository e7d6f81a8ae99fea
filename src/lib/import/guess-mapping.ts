import { digitsOf, isCurrency } from '../kinds/currency.ts';
import { balanceFit } from './check-balance.ts';
import { describeColumns, typeOf } from './column-shape.ts';
import { currencyOf } from './currency-signs.ts';
import type { Table } from './guess-columns.ts';
import { cellsOf, guessColumnsByHeader, tableOf } from './guess-columns.ts';
import { fillColumnsByData } from './guess-columns-by-data.ts';
import { guessDateOrder } from './guess-date-order.ts';
import { guessDecimal } from './guess-decimal.ts';
import { isAmountLike } from './looks-like.ts';
import type { Columns, Mapping, Question } from './mapping.ts';
import { isComplete } from './mapping.ts';
import { readAmount, suffixDirection } from './read-amount.ts';
import type { Statement } from './read-statement.ts';
import { wordsOf } from './words.ts';

export interface MappingGuess {
	mapping: Mapping;
	/** What the file leaves open; the mapping holds the likeliest answer. */
	questions: Question[];
	/** A date of the file that can be read in several orders, to ask about. */
	dateSample: string | null;
}

/**
 * Guesses how a statement is to be read, from its header's words and all of its cells.
 * @param currency ISO 4217 code of the account it is imported into
 */
export function guessMapping(statement: Statement, currency: string): MappingGuess {
	const table = tableOf(statement, describeColumns(statement.body, statement.width));
	const usual = statement.separator === ';' ? ',' : '.';
	const numeric = table.shapes.filter((shape) => typeOf(shape) === 'amount').map(({ index }) => index);
	const first = guessDecimal(amountCells(table, numeric), digitsOf(currency), usual);
	const minorOf = (cell: string) => minor(cell, { decimal: first.decimal, currency });
	const columns = fillColumnsByData(table, guessColumnsByHeader(table), minorOf);

	const own = currencyOfFile(statement, columns) ?? currency;
	const { decimal, sure: sureDecimal } = guessDecimal(amountCells(table, amountColumns(columns)), digitsOf(own), usual);
	const dates = guessDateOrder(columns.date === null ? [] : cellsOf(table, columns.date));
	const mapping: Mapping = {
		columns,
		dateOrder: dates.order,
		decimal,
		currency: own,
		unsigned: 'in',
		debitsNegative: isNegative(table, columns.debit),
		feesNegative: isNegative(table, columns.fee)
	};
	const direction = settleDirection(table, mapping);
	settleFee(table, mapping);
	const questions: Question[] = [];
	if (!isComplete(columns)) questions.push('columns');
	if (!dates.sure && columns.date !== null) questions.push('date-order');
	if (!sureDecimal) questions.push('decimal');
	if (!direction) questions.push('direction');
	return { mapping, questions, dateSample: dates.sample };
}

function amountColumns(columns: Columns): number[] {
	const { amount, debit, credit, fee, balance } = columns;
	return [amount, debit, credit, fee, balance].filter((column) => column !== null);
}

function amountCells(table: Table, columns: readonly number[]): string[] {
	return columns.flatMap((column) => cellsOf(table, column).filter(isAmountLike));
}

function minor(cell: string, style: Pick<Mapping, 'decimal' | 'currency'>): number | null {
	const amount = readAmount(cell, style);
	return amount === null || typeof amount === 'string' ? null : amount.minor;
}

/** Whether a column writes what it is named for with a minus. */
function isNegative(table: Table, column: number | null): boolean {
	const shape = column === null ? undefined : table.shapes[column];
	return shape !== undefined && shape.negatives > shape.filled / 2;
}

/** The currency that the amount's header (`Betrag (EUR)`) or a line above the table names. */
function currencyOfFile(statement: Statement, columns: Columns): string | null {
	for (const column of [columns.amount, columns.debit, columns.credit, columns.balance]) {
		const header = column === null ? '' : (statement.header?.cells[column] ?? '');
		const code = header.split(/[\s()[\]/_:-]+/).find((word) => isCurrency(word) || word === '€' || word === '£');
		if (code !== undefined) return currencyOf(code, '');
	}
	for (const { cells } of statement.preamble) {
		const parts = cells.flatMap((cell) => cell.split(':')).map((part) => part.trim());
		const at = parts.findIndex((part) =>
			/^(?:account )?(?:currency|wahrung|waehrung|divisa|moneda|devise|moeda|valuta)$/.test(wordsOf(part))
		);
		const code = at >= 0 ? currencyOf(parts[at + 1] ?? '', '') : null;
		if (code !== null) return code;
	}
	return null;
}

/**
 * Sets what an amount without a sign is. Signs, a column that says the direction, CR beside some amounts, or the
 * balances decide; false where nothing does.
 */
function settleDirection(table: Table, mapping: Mapping): boolean {
	const { amount, balance, sign } = mapping.columns;
	if (amount === null || sign !== null) return true;
	const cells = cellsOf(table, amount).filter((cell) => cell !== '');
	const suffixes = new Set(cells.map(suffixDirection));
	if (suffixes.has('in') && !suffixes.has('out')) mapping.unsigned = 'out';
	if (suffixes.has('in') || suffixes.has('out')) return true;
	const values = cellsOf(table, amount).map((cell) => minor(cell, mapping));
	if (balance !== null) {
		const balances = cellsOf(table, balance).map((cell) => minor(cell, mapping));
		const straight = balanceFit(values, balances);
		const turned = balanceFit(
			values.map((value) => (value === null ? null : -value)),
			balances
		);
		if (Math.max(straight, turned) >= 0.6 && straight !== turned) {
			mapping.unsigned = straight > turned ? 'in' : 'out';
			return true;
		}
	}
	// Accounts have money going out. Where hardly anything does, the file may count from the card's side.
	const negative = values.filter((value) => value !== null && value < 0).length;
	const positive = values.filter((value) => value !== null && value > 0).length;
	return negative > 0 && (positive < 5 || positive <= (positive + negative) * 0.8);
}

/** A charge beside the amount counts only where the balances do not show that the amount has it already. */
function settleFee(table: Table, mapping: Mapping): void {
	const { amount, fee, balance } = mapping.columns;
	if (fee === null || amount === null || balance === null) return;
	const [values, fees, balances] = [amount, fee, balance].map((column) =>
		cellsOf(table, column).map((cell) => minor(cell, mapping))
	);
	if (values === undefined || fees === undefined || balances === undefined) return;
	const turn = mapping.feesNegative ? 1 : -1;
	const whole = values.map((value, row) => (value === null ? null : value + turn * (fees[row] ?? 0)));
	if (balanceFit(values, balances) > balanceFit(whole, balances)) mapping.columns.fee = null;
}
