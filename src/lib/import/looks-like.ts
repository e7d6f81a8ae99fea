import { isDateLike } from './read-date.ts';

// A number with a sign or brackets, grouping, decimals, a currency and CR or DB, each or none of them.
const AMOUNT =
	/^[(+\u2212\u2013-]?\s*(?:[^\d\s.,()+-]{1,4}\s*)?[(+\u2212\u2013-]?\s*(?:\d[\d.,'’\s]*|[.,]\d+)\s*\)?\s*[+\u2212\u2013-]?\s*(?:[^\d\s.,()+-]{1,4}\.?)?\s*[)+\u2212\u2013-]?$/u;

/** A cell without what spreadsheets put around it: `="0012"` is `0012`. */
export function bareCell(cell: string): string {
	return cell
		.replace(/^="(.*)"$/su, '$1')
		.replace(/[\s\u00a0\u202f]+/gu, ' ')
		.trim();
}

/** Whether a cell is a number as an amount is written. */
export function isAmountLike(cell: string): boolean {
	const bare = bareCell(cell);
	return bare.length <= 40 && AMOUNT.test(bare);
}

/** Whether a row has what a movement needs: a date, and in another cell an amount. */
export function looksLikeMovement(cells: readonly string[]): boolean {
	const date = cells.findIndex((cell) => isDateLike(bareCell(cell)));
	return date >= 0 && cells.some((cell, index) => index !== date && isAmountLike(cell) && !isDateLike(bareCell(cell)));
}
