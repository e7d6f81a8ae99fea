import { plainDashes } from '../kinds/parse-money.ts';
import { isCurrencySign } from './currency-signs.ts';
import { isDateLike } from './read-date.ts';

// A number with a sign or brackets, grouping, decimals, a currency and CR or DB, each or none of them.
const AMOUNT =
	/^[-+(]?\s*(?:(?<before>[^\d\s.,()+-]{1,4})\.?\s*)?[-+(]?\s*(?:\d[\d.,'’\s]*|[.,]\d+)\s*\)?\s*[-+]?\s*(?:(?<after>[^\d\s.,()+-]{1,4})\.?)?\s*[-+)]?$/u;

/** Words that banks put after an amount, without a sign, to say which way the money went. */
const SUFFIX = /^(?:CR|DR|DB|DT|CT|[CDHS])$/i;

/** A cell without what spreadsheets put around it: `="0012"` is `0012`. */
export function bareCell(cell: string): string {
	return cell
		.replace(/^="(.*)"$/su, '$1')
		.replace(/[\s\u00a0\u202f]+/gu, ' ')
		.trim();
}

/** Whether a cell is a number as an amount is written: what stands beside it is a currency, or CR, DB or their like. */
export function isAmountLike(cell: string): boolean {
	const bare = plainDashes(bareCell(cell));
	const parts = bare.length > 40 ? undefined : AMOUNT.exec(bare)?.groups;
	if (parts === undefined) return false;
	const { before = '', after = '' } = parts;
	return (before === '' || isCurrencySign(before)) && (after === '' || isCurrencySign(after) || SUFFIX.test(after));
}

/** Whether a row has what a movement needs: a date, and in another cell an amount. */
export function looksLikeMovement(cells: readonly string[]): boolean {
	const date = cells.findIndex((cell) => isDateLike(bareCell(cell)));
	return date >= 0 && cells.some((cell, index) => index !== date && isAmountLike(cell) && !isDateLike(bareCell(cell)));
}
