import { digitsOf } from '../kinds/currency.ts';
import { typeOf } from './column-shape.ts';
import { guessColumnsByHeader, tableOf } from './guess-columns.ts';
import { fillColumnsByData } from './guess-columns-by-data.ts';
import { guessDecimal } from './guess-decimal.ts';
import { readMinor } from './read-amount.ts';
import type { Statement } from './read-statement.ts';
import type { MappingGuess } from './settle-mapping.ts';
import { amountCells, settleMapping, usualDecimal } from './settle-mapping.ts';

/**
 * Guesses how a statement is to be read, from its header's words and from all of its cells.
 * @param currency ISO 4217 code of the account it is imported into
 */
export function guessMapping(statement: Statement, currency: string): MappingGuess {
	const table = tableOf(statement);
	const numbers = table.shapes.filter((shape) => typeOf(shape) === 'amount').map(({ index }) => index);
	const { decimal } = guessDecimal(amountCells(table, numbers), digitsOf(currency), usualDecimal(statement));
	const minorOf = (cell: string) => readMinor(cell, { decimal, currency });
	const { columns, sure } = fillColumnsByData(table, guessColumnsByHeader(table), minorOf);
	const guess = settleMapping(statement, table, columns, currency);
	return sure || guess.questions.includes('columns') ? guess : { ...guess, questions: ['columns', ...guess.questions] };
}
