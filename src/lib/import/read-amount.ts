import { isMoneyProblem, parseMoney, plainDashes } from '../kinds/parse-money.ts';
import { currencyOf, splitCurrency } from './currency-signs.ts';
import { bareCell } from './looks-like.ts';
import { directionOf } from './movement-words.ts';
import type { RowProblemCode } from './row-problem.ts';

export type DecimalMark = '.' | ',';

export interface AmountStyle {
	decimal: DecimalMark;
	/** ISO 4217 code where the amount itself says none. */
	currency: string;
}

export interface ReadAmount {
	/** Integer minor units, with the sign that is written. */
	minor: number;
	currency: string;
	/** What CR, DB and their like after the amount say. */
	direction: 'out' | 'in' | null;
}

const DIRECTION = /\s*\b(CR|DR|DB|DT|CT|[CDHS])\s*\.?$/i;

/** Whether an amount carries CR, DB or one of their like, and which way it points. */
export function suffixDirection(cell: string): 'out' | 'in' | null {
	const match = DIRECTION.exec(bareCell(cell).replace(/(?<=\d)(?=[A-Z]{1,2}$)/i, ' '));
	return match === null ? null : directionOf(match[1] ?? '');
}

function withoutSuffix(bare: string): string {
	return suffixDirection(bare) === null ? bare : bare.replace(/\s*[A-Z]{1,2}\s*\.?$/i, '');
}

/** Whether an amount is written with a minus or in brackets, on whichever side of its currency they stand. */
export function isNegative(cell: string): boolean {
	const { amount } = splitCurrency(withoutSuffix(plainDashes(bareCell(cell))));
	return /^[-(]|[-)]$/.test(amount);
}

/**
 * Reads a cell as an amount, strictly: `1.234` is no amount of euros where the point parts decimals.
 * @param cell such as `-1.234,56 €`, `(12.30)`, `12.30-`, `USD 12.30 CR`, `="12.30"`
 * @returns the amount; a problem; or null where the cell is empty
 */
export function readAmount(cell: string, style: AmountStyle): ReadAmount | RowProblemCode | null {
	const bare = plainDashes(bareCell(cell).replace(/^'/, ''));
	if (bare === '' || bare === '-') return null;
	const direction = suffixDirection(bare);
	const parts = splitCurrency(withoutSuffix(bare));
	const currency = parts.currency === null ? style.currency : currencyOf(parts.currency, style.currency);
	if (currency === null)
		return /^\p{L}+$/u.test(parts.currency ?? '') && !/[A-Z]{3}/.test(bare) ? 'amount' : 'currency';
	const group = style.decimal === '.' ? ',' : '.';
	const money = parseMoney(parts.amount, currency, { decimal: style.decimal, group });
	if (!isMoneyProblem(money)) return { ...money, direction };
	if (money.code === 'money-decimals') return 'amount-decimals';
	return money.code === 'money-too-large' ? 'amount-too-large' : 'amount';
}

/** The signed minor units of a cell, CR and DB not minded; null where it is no amount. */
export function readMinor(cell: string, style: AmountStyle): number | null {
	const amount = readAmount(cell, style);
	return amount === null || typeof amount === 'string' ? null : amount.minor;
}
