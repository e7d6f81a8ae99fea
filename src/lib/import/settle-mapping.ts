import { digitsOf } from '../kinds/currency.ts';
import { currencyOfFile } from './file-currency.ts';
import type { Table } from './guess-columns.ts';
import { cellsOf } from './guess-columns.ts';
import { guessDateOrder } from './guess-date-order.ts';
import { guessDecimal } from './guess-decimal.ts';
import { isAmountLike } from './looks-like.ts';
import type { Columns, Mapping, Question } from './mapping.ts';
import { isComplete } from './mapping.ts';
import type { DecimalMark } from './read-amount.ts';
import type { Statement } from './read-statement.ts';
import { feeCounts, outsNegative, settleDirection } from './settle-direction.ts';

export interface MappingGuess {
	mapping: Mapping;
	/** What the file leaves open; the mapping holds the likeliest answer. */
	questions: Question[];
	/** A date of the file that can be read in several orders, to ask about. */
	dateSample: string | null;
}

/**
 * Settles how the cells of given columns are written, by all rows of a file together: order of dates, decimal mark,
 * direction, currency.
 * @param currency ISO 4217 code of the account the file is imported into
 */
export function settleMapping(statement: Statement, table: Table, columns: Columns, currency: string): MappingGuess {
	const own = currencyOfFile(statement, columns) ?? currency;
	const { amount, debit, credit, fee, balance } = columns;
	const numbers = [amount, debit, credit, fee, balance].filter((column) => column !== null);
	const decimals = guessDecimal(amountCells(table, numbers), digitsOf(own), usualDecimal(statement));
	const dates = guessDateOrder(columns.date === null ? [] : cellsOf(table, columns.date));
	const mapping: Mapping = {
		columns: { ...columns },
		dateOrder: dates.order,
		decimal: decimals.decimal,
		currency: own,
		unsigned: 'in',
		debitsNegative: amount === null ? isNegative(table, debit) : outsNegative(table, amount, columns.sign),
		feesNegative: isNegative(table, fee)
	};
	const direction = settleDirection(table, mapping);
	mapping.unsigned = direction.unsigned;
	if (!feeCounts(table, mapping)) mapping.columns.fee = null;
	const questions: Question[] = [];
	if (!isComplete(columns)) questions.push('columns');
	if (!dates.sure && columns.date !== null) questions.push('date-order');
	if (!decimals.sure) questions.push('decimal');
	if (!direction.sure) questions.push('direction');
	return { mapping, questions, dateSample: dates.sample };
}

/** Where semicolons part the cells, a comma usually parts the decimals. */
export function usualDecimal(statement: Statement): DecimalMark {
	return statement.separator === ';' ? ',' : '.';
}

/** The cells of columns that are written like amounts. */
export function amountCells(table: Table, columns: readonly number[]): string[] {
	return columns.flatMap((column) => cellsOf(table, column).filter(isAmountLike));
}

/** Whether a column writes what it is named for with a minus. */
function isNegative(table: Table, column: number | null): boolean {
	const shape = column === null ? undefined : table.shapes[column];
	return shape !== undefined && shape.negatives > shape.filled / 2;
}
