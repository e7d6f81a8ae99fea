import { digitsOf } from './currency.ts';
import { KindsError } from './kinds-error.ts';
import type { Money } from './money.ts';

/** How a file or a place writes numbers: `{decimal: ',', group: '.'}`. */
export interface Separators {
	readonly decimal: '.' | ',';
	/** What stands between groups of thousands, besides spaces and apostrophes, which are always read. */
	readonly group?: '.' | ',';
}

/** Why a text is no amount. */
export type MoneyProblemCode = 'money-empty' | 'money-format' | 'money-decimals' | 'money-too-large';
export interface MoneyProblem {
	readonly code: MoneyProblemCode;
}

// Far more than the largest amount written with spaces between its groups.
const LONGEST = 40;
// Normalising makes plain digits of superscripts, circled numbers and fractions, which nobody means as an amount.
const RAISED = /[\p{No}\u207a-\u207e\u208a-\u208e]/u;
const GROUPED = /^\d{1,3}(?:_\d{2,3})*_\d{3}$/;

/**
 * Reads an amount a person typed or a bank wrote: `1.234,56`, `1,234.56`, `1 234,56`, `(12.30)`, `-5`, `5-`, `€ 12`.
 * @param text the amount; its own currency's code or sign may stand before or after it
 * @param currency ISO 4217 code, which says how many decimals are allowed
 * @param by separators: read strictly by them; or a locale: a single separator is read as the locale means it, and
 * the other way where only that makes sense (`1.50` in Spanish is one and a half)
 * @returns the amount, or why there is none
 * @throws KindsError `kinds/currency` when the code is not three capitals
 */
export function parseMoney(text: string, currency: string, by: Separators | string): Money | MoneyProblem {
	if (text.length > LONGEST || RAISED.test(text)) return { code: 'money-format' };
	const bare = withoutCurrency(plainDashes(text.normalize('NFKC')), currency);
	if (bare === '') return { code: 'money-empty' };
	const signed = withoutSign(bare);
	if (signed === null) return { code: 'money-format' };
	const parts = typeof by === 'string' ? loosely(signed.digits, separatorsOf(by)) : strictly(signed.digits, by);
	if (parts === null) return { code: 'money-format' };
	const decimals = digitsOf(currency);
	// Files write 12.5000; but whoever types 1.000 may mean a thousand, and is asked again.
	const fraction = typeof by === 'string' ? parts.fraction : parts.fraction.replace(/0+$/, '');
	if (fraction.length > decimals) return { code: 'money-decimals' };
	const minor = BigInt(parts.whole + fraction.padEnd(decimals, '0'));
	if (minor > BigInt(Number.MAX_SAFE_INTEGER)) return { code: 'money-too-large' };
	const amount = Number(minor);
	return { minor: signed.negative && amount !== 0 ? -amount : amount, currency };
}

/** Whether a reading failed. */
export function isMoneyProblem(result: Money | MoneyProblem): result is MoneyProblem {
	return 'code' in result;
}

const COMMA: Separators = { decimal: ',', group: '.' };
const POINT: Separators = { decimal: '.', group: ',' };
const byLocale = new Map<string, Separators>();

/** The separators a locale writes numbers with. */
export function separatorsOf(locale: string): Separators {
	let found = byLocale.get(locale);
	if (found === undefined) {
		const part = new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal');
		found = part?.value === ',' ? COMMA : POINT;
		byLocale.set(locale, found);
	}
	return found;
}

const signs = new Map<string, readonly string[]>();

/** What a currency may be written as, longest first: its code, `US$`, `$`. */
function signsOf(currency: string): readonly string[] {
	let found = signs.get(currency);
	if (found === undefined) {
		if (!/^[A-Z]{3}$/.test(currency)) throw new KindsError('kinds/currency', 'not a currency code');
		const all = new Set([currency]);
		for (const locale of ['en', 'es']) {
			for (const currencyDisplay of ['narrowSymbol', 'symbol'] as const) {
				const parts = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay }).formatToParts(0);
				all.add(parts.find(({ type }) => type === 'currency')?.value ?? currency);
			}
		}
		found = [...all].map((sign) => sign.normalize('NFKC').toUpperCase()).sort((a, b) => b.length - a.length);
		signs.set(currency, found);
	}
	return found;
}

/** The text with every kind of hyphen, dash and minus as `-`. */
export function plainDashes(text: string): string {
	return text.replace(/[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g, '-');
}

/** Takes the currency off at one end, inside of a sign or a bracket; within the digits (`1€20`) it is not looked for. */
function withoutCurrency(text: string, currency: string): string {
	const upper = text.trim().toUpperCase();
	const [, before = '', inner = '', after = ''] = /^([-+(]?)(.*?)([-+)]?)$/su.exec(upper) ?? [];
	const bare = inner.trim();
	const sign = signsOf(currency).find((each) => bare.startsWith(each) || bare.endsWith(each));
	if (sign === undefined) return upper;
	const rest = bare.startsWith(sign) ? bare.slice(sign.length) : bare.slice(0, -sign.length);
	return (before + rest.trim() + after).trim();
}

/** The sign, wherever banks put it: before, after, or as brackets; null when there is more than one. */
function withoutSign(text: string): { negative: boolean; digits: string } | null {
	const match = /^(?:\(([^()]+)\)|([-+])\s*(.+)|(.+?)\s*([-+])|(.+))$/su.exec(text);
	if (match === null) return null;
	const [, bracketed, before, afterBefore, beforeAfter, after, plain] = match;
	const digits = (bracketed ?? afterBefore ?? beforeAfter ?? plain ?? '').trim();
	const sign = before ?? after ?? '+';
	return { negative: bracketed !== undefined || sign !== '+', digits };
}

interface Parts {
	whole: string;
	fraction: string;
}

function strictly(text: string, { decimal, group }: Separators): Parts | null {
	const at = text.lastIndexOf(decimal);
	const whole = at < 0 ? text : text.slice(0, at);
	return parts(group === undefined ? whole : whole.replaceAll(group, '_'), at < 0 ? '' : text.slice(at + 1), at >= 0);
}

function loosely(text: string, usual: Separators): Parts | null {
	const point = text.lastIndexOf('.');
	const comma = text.lastIndexOf(',');
	// With both, the last one parts the decimals, whatever the locale says.
	if (point >= 0 && comma >= 0) {
		return strictly(text, point > comma ? POINT : COMMA);
	}
	return strictly(text, usual) ?? strictly(text, usual === COMMA ? POINT : COMMA);
}

/** `whole` with `_` for the grouping separator; spaces and apostrophes group too. */
function parts(whole: string, fraction: string, separated: boolean): Parts | null {
	if (separated && !/^\d+$/.test(fraction)) return null;
	const grouped = whole.replace(/[\s'\u2019]/gu, '_');
	if (grouped === '' && separated) return { whole: '0', fraction };
	if (!/^\d+$/.test(grouped) && !GROUPED.test(grouped)) return null;
	return { whole: grouped.replaceAll('_', ''), fraction };
}
