import { digitsOf } from './currency.ts';
import { KindsError } from './kinds-error.ts';

/** An amount: a safe integer of the currency's minor units (cents), and its ISO 4217 code. Never a float. */
export interface Money {
	minor: number;
	currency: string;
}

/** Whether a value has the shape of money, without a word on whether its currency exists. */
export function isMoney(value: unknown): value is Money {
	return (
		typeof value === 'object' &&
		value !== null &&
		'minor' in value &&
		Number.isSafeInteger(value.minor) &&
		'currency' in value &&
		typeof value.currency === 'string' &&
		/^[A-Z]{3}$/.test(value.currency)
	);
}

/**
 * The sum of two amounts of one currency.
 * @throws KindsError `kinds/currency` when they differ, `kinds/too-large` past the safe integers
 */
export function addMoney(a: Money, b: Money): Money {
	if (a.currency !== b.currency) throw new KindsError('kinds/currency', 'amounts of two currencies');
	return money(a.minor + b.minor, a.currency);
}

/** The same amount with the other sign. */
export function negate(amount: Money): Money {
	return money(amount.minor === 0 ? 0 : -amount.minor, amount.currency);
}

/** One amount for each currency that occurs, in the order of the codes. Throws as `addMoney` does. */
export function sumMoney(amounts: Iterable<Money>): Money[] {
	const sums = new Map<string, Money>();
	for (const amount of amounts) {
		const sum = sums.get(amount.currency);
		sums.set(amount.currency, sum === undefined ? money(amount.minor, amount.currency) : addMoney(sum, amount));
	}
	return [...sums.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** The amount as a plain decimal: `-12.30`, a point, no grouping, the currency's digits. */
export function decimalOf(amount: Money): string {
	const digits = digitsOf(amount.currency);
	const text = String(Math.abs(amount.minor)).padStart(digits + 1, '0');
	const sign = amount.minor < 0 ? '-' : '';
	if (digits === 0) return sign + text;
	return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

const formats = new Map<string, Intl.NumberFormat>();

/** The amount with its currency as the locale writes it: `€1,234.56`, `1.234,56 €`. */
export function formatMoney(amount: Money, locale: string): string {
	return exactly(amount, format(locale, amount.currency, true));
}

/** The amount as the locale writes it, without the currency and ungrouped: what stands in a form's field. */
export function formatAmount(amount: Money, locale: string): string {
	return exactly(amount, format(locale, amount.currency, false));
}

function format(locale: string, currency: string, shown: boolean): Intl.NumberFormat {
	const key = `${locale} ${currency} ${shown}`;
	let found = formats.get(key);
	if (found === undefined) {
		const digits = digitsOf(currency);
		found = new Intl.NumberFormat(locale, {
			...(shown ? { style: 'currency', currency } : { useGrouping: false }),
			minimumFractionDigits: digits,
			maximumFractionDigits: digits
		});
		formats.set(key, found);
	}
	return found;
}

// A decimal in text is formatted exactly; a number would pass through a float.
function exactly(amount: Money, as: Intl.NumberFormat): string {
	return as.format(decimalOf(amount) as `${number}`);
}

function money(minor: number, currency: string): Money {
	if (!Number.isSafeInteger(minor)) throw new KindsError('kinds/too-large', 'a sum past the safe integers');
	return { minor, currency };
}
