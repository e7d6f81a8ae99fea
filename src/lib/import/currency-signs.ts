import { isCurrency } from '../kinds/currency.ts';

// Longer signs first: `R$` must not be read as `$`. A sign that several currencies share lists them all.
const DOLLARS = 'USD CAD AUD MXN NZD SGD HKD TWD ARS CLP COP UYU DOP'.split(' ');
const signs: readonly (readonly [string, readonly string[]])[] = [
	['us$', ['USD']],
	['ca$', ['CAD']],
	['au$', ['AUD']],
	['nz$', ['NZD']],
	['hk$', ['HKD']],
	['mx$', ['MXN']],
	['r$', ['BRL']],
	['c$', ['CAD']],
	['a$', ['AUD']],
	['s$', ['SGD']],
	['s/', ['PEN']],
	['kč', ['CZK']],
	['zł', ['PLN']],
	['лв', ['BGN']],
	['lei', ['RON']],
	['sfr', ['CHF']],
	['fr', ['CHF']],
	['kr', ['SEK', 'NOK', 'DKK', 'ISK']],
	['ft', ['HUF']],
	['zl', ['PLN']],
	['tl', ['TRY']],
	['rs', ['INR', 'PKR', 'LKR', 'NPR', 'MUR']],
	['rm', ['MYR']],
	['rp', ['IDR']],
	['din', ['RSD']],
	['руб', ['RUB']],
	['грн', ['UAH']],
	['€', ['EUR']],
	['£', ['GBP', 'EGP', 'GIP']],
	['$', DOLLARS],
	['¥', ['JPY', 'CNY']],
	['₹', ['INR']],
	['₽', ['RUB']],
	['₺', ['TRY']],
	['₩', ['KRW']],
	['₪', ['ILS']],
	['₫', ['VND']],
	['₴', ['UAH']],
	['₱', ['PHP']],
	['₦', ['NGN']],
	['฿', ['THB']],
	['euro', ['EUR']],
	['eur', ['EUR']]
];

/** Whether a text alone is the code or the sign of a currency, be it one that several share. */
export function isCurrencySign(text: string): boolean {
	const low = text.trim().toLowerCase();
	return isCurrency(low.toUpperCase()) || /^\p{Sc}$/u.test(low) || codesOf(low) !== undefined;
}

function codesOf(low: string): readonly string[] | undefined {
	return signs.find(([sign]) => sign === low || `${sign}.` === low || `${sign}s` === low)?.[1];
}

/**
 * The currency that a code or sign alone stands for.
 * @param text a cell of a currency column, or what stands beside an amount
 * @param usual the currency to prefer where a sign means several (`$`)
 * @returns ISO 4217 code, or null where it is none, or could be several and none of them is the usual one
 */
export function currencyOf(text: string, usual: string): string | null {
	const trimmed = text.trim();
	if (isCurrency(trimmed.toUpperCase())) return trimmed.toUpperCase();
	const low = trimmed.toLowerCase();
	const codes = codesOf(low);
	if (codes === undefined) return null;
	if (codes.includes(usual)) return usual;
	return codes.length === 1 || low === '£' ? (codes[0] ?? null) : null;
}

const LEADING = /^(?<sign>[-+(]?)\s*(?<currency>[^\d\s.,'’()+-][^\d\s,'’()+-]{0,3})\s*(?=[-+(]?\s*[\d.,])/u;
const TRAILING = /(?<=\d[.,]?\s*[-+)]?)\s*(?<currency>\p{Sc}|\p{L}{1,4}\$?\.?)\s*(?<sign>[-+)]?)$/u;

/**
 * Takes the currency off an amount: `€ 12,30` is `12,30` and `€`, `-12.30 USD` is `-12.30` and `USD`.
 * @param text with plain dashes
 * @returns the rest, its sign kept, and what stood beside it; null where nothing did
 */
export function splitCurrency(text: string): { amount: string; currency: string | null } {
	for (const pattern of [LEADING, TRAILING]) {
		const match = pattern.exec(text);
		if (match?.groups === undefined) continue;
		const sign = match.groups.sign ?? '';
		const rest = pattern === LEADING ? sign + text.slice(match[0].length) : text.slice(0, match.index) + sign;
		return { amount: rest.trim(), currency: match.groups.currency ?? null };
	}
	return { amount: text, currency: null };
}
