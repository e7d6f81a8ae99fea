import { isCurrency } from '../kinds/currency.ts';
import { currencyOf } from './currency-signs.ts';
import type { Columns } from './mapping.ts';
import type { Statement } from './read-statement.ts';
import { wordsOf } from './words.ts';

const NAMED = /^(?:account )?(?:currency|wahrung|waehrung|divisa|moneda|devise|moeda|valuta|munt)$/;

/**
 * The currency a file names outside of its rows: in the header of its amounts (`Betrag (EUR)`), or in a line above
 * the table (`Currency: EUR`).
 * @returns ISO 4217 code, or null where it names none
 */
export function currencyOfFile(statement: Statement, columns: Columns): string | null {
	for (const column of [columns.amount, columns.debit, columns.credit, columns.balance]) {
		const header = column === null ? '' : (statement.header?.cells[column] ?? '');
		const word = header.split(/[\s()[\]/_:-]+/).find((each) => isCurrency(each) || /^(?:€|£|R\$)$/.test(each));
		if (word !== undefined) return currencyOf(word, '');
	}
	for (const { cells } of statement.preamble) {
		const parts = cells.flatMap((cell) => cell.split(':').map((part) => part.trim())).filter((part) => part !== '');
		const at = parts.findIndex((part) => NAMED.test(wordsOf(part)));
		const code = at < 0 ? null : currencyOf(parts[at + 1] ?? '', '');
		if (code !== null) return code;
	}
	return null;
}
