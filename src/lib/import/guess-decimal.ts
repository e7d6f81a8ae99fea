import { bareCell } from './looks-like.ts';
import type { DecimalMark } from './read-amount.ts';

export interface DecimalGuess {
	decimal: DecimalMark;
	/** False where the cells allow both readings and the person must say which. */
	sure: boolean;
}

/**
 * Which mark parts the decimals, decided by all amounts of a file together.
 *
 * A cell says so where it has both marks, or one with other than three digits after it; a mark that occurs twice
 * parts thousands. `1.234` alone could be either, unless the currency has fewer decimals than that.
 * @param cells every cell of every column of amounts
 * @param digits how many decimals the currency has
 * @param usual what to suggest where nothing decides
 */
export function guessDecimal(cells: Iterable<string>, digits: number, usual: DecimalMark): DecimalGuess {
	const votes = { '.': 0, ',': 0 };
	let unclear = false;
	for (const cell of cells) {
		const vote = voteOf(cell, digits);
		if (vote === 'unclear') unclear = true;
		else if (vote !== null) votes[vote] += 1;
	}
	if (votes['.'] !== votes[',']) return { decimal: votes['.'] > votes[','] ? '.' : ',', sure: true };
	return { decimal: usual, sure: votes['.'] === 0 && !unclear };
}

function voteOf(cell: string, digits: number): DecimalMark | 'unclear' | null {
	const number = /\d*[.,\d\s'’]*\d|[.,]\d+/u.exec(bareCell(cell))?.[0] ?? '';
	const points = number.split('.').length - 1;
	const commas = number.split(',').length - 1;
	if (points === 0 && commas === 0) return null;
	if (points > 0 && commas > 0) {
		const last = number.lastIndexOf('.') > number.lastIndexOf(',') ? '.' : ',';
		// The last of the two parts the decimals, and then stands once.
		return (last === '.' ? points : commas) === 1 ? last : null;
	}
	const mark = points > 0 ? '.' : ',';
	const other = mark === '.' ? ',' : '.';
	if (points + commas > 1) return other;
	const [whole = '', fraction = ''] = number.split(mark);
	const groupable = fraction.length === 3 && /^(?!0\d)\d{1,3}(?:[\s'’]\d{3})*$/u.test(whole) && whole !== '0';
	if (!groupable || /[\s'’]/u.test(whole)) return mark;
	// Three decimals, the last not zero, cannot be an amount of a currency with two.
	return digits < 3 && !fraction.endsWith('0') ? other : 'unclear';
}
