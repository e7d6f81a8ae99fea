import { headerScore, namesAnyRole } from './header-words.ts';
import { isAmountLike, looksLikeMovement } from './looks-like.ts';
import type { RawRow, Separator } from './split-rows.ts';
import { separators, splitRows } from './split-rows.ts';
import { isDateLike } from './read-date.ts';

/** How much of a text is looked at to find its separator. */
const SAMPLE = 200_000;
/** How many rows may stand above a header. */
const PREAMBLE = 60;

/**
 * The separator of a text: the one by which the most rows have a date and an amount; failing that, the one by which
 * the most rows have more than one cell. A first line `sep=;`, as spreadsheets write it, decides.
 */
export function findSeparator(text: string): Separator {
	const said = /^"?sep=([,;|\t])"?[\r\n]/i.exec(text)?.[1] as Separator | undefined;
	if (said !== undefined) return said;
	const sample = text.slice(0, SAMPLE);
	const scored = separators.map((separator) => ({ separator, score: score(splitRows(sample, separator).rows) }));
	scored.sort((a, b) => b.score - a.score);
	return scored[0]?.separator ?? ',';
}

function score(rows: readonly RawRow[]): number {
	let sum = 0;
	for (const { cells } of rows) {
		if (cells.length < 2) continue;
		sum += looksLikeMovement(cells) ? 1000 : 1;
		sum += Math.min(cells.length, 20) / 1000;
	}
	return sum;
}

export interface Layout {
	/** Rows above the table: bank, account number, period, opening balance. */
	preamble: RawRow[];
	/** The row that names the columns, where there is one. */
	header: RawRow | null;
	/** Everything below, trailers included: what is a movement is told by reading it. */
	body: RawRow[];
}

/**
 * Parts the rows of a file into preamble, header and body. The header is the row whose words name a date and an
 * amount; where no words are known, the row of words alone just above the first movement.
 */
export function findLayout(rows: readonly RawRow[]): Layout {
	const named = rows.slice(0, PREAMBLE).findIndex(({ cells }) => isNamedHeader(cells));
	const first = rows.findIndex(({ cells }) => looksLikeMovement(cells));
	const above = first > 0 ? rows[first - 1] : undefined;
	const at = named >= 0 ? named : above && isWordsAlone(above.cells, rows[first]?.cells.length ?? 0) ? first - 1 : -1;
	const start = at >= 0 ? at + 1 : Math.max(first, 0);
	return { preamble: rows.slice(0, at >= 0 ? at : start), header: rows[at] ?? null, body: rows.slice(start) };
}

function isNamedHeader(cells: readonly string[]): boolean {
	if (cells.length < 2 || looksLikeMovement(cells)) return false;
	const has = (role: 'date' | 'amount' | 'debit' | 'credit') => cells.some((cell) => headerScore(cell, role) > 0);
	if (!has('date') || !(has('amount') || has('debit') || has('credit'))) return false;
	// A sentence of the preamble can have the words; a header has them in cells of their own, and no numbers.
	const filled = cells.filter((cell) => cell.trim() !== '');
	return filled.length >= 2 && filled.filter(namesAnyRole).length >= filled.length * 0.3 && filled.every(isWord);
}

function isWordsAlone(cells: readonly string[], width: number): boolean {
	const filled = cells.filter((cell) => cell.trim() !== '');
	return filled.length >= 2 && cells.length >= width - 1 && filled.every(isWord);
}

function isWord(cell: string): boolean {
	return cell.trim() === '' || (!isAmountLike(cell) && !isDateLike(cell.trim()));
}
