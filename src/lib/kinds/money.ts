import { digitsOf } from './currency.ts';
import { KindsError } from './kinds-error.ts';
import { label, type Label } from './label.ts';

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
	return { minor: amount.minor === 0 ? 0 : -amount.minor, currency: amount.currency };
}

/**
 * One amount for each currency that occurs, in the order of the codes. Never throws: a sum past the safe integers has
 * `minor` Infinity, or -Infinity below zero, and so has every sum it is counted into. It is no money to be kept
 * (`isMoney` says so); `formatMoney` writes it in words.
 */
export function sumMoney(amounts: Iterable<Money>): Money[] {
	// Whole as long as it is summed, so that it does not matter in which order large amounts come and go. `part` is what
	// still fits a number, which a hundred thousand amounts are summed in far quicker than as `bigint`.
	const sums = new Map<string, { whole: bigint; part: number; endless?: number }>();
	for (const { minor, currency } of amounts) {
		let sum = sums.get(currency);
		if (sum === undefined) sums.set(currency, (sum = { whole: 0n, part: 0 }));
		const next = sum.part + minor;
		if (Number.isSafeInteger(next)) sum.part = next;
		else if (!Number.isSafeInteger(minor)) sum.endless ??= minor;
		else {
			sum.whole += BigInt(sum.part);
			sum.part = minor;
		}
	}
	const whole = [...sums].map(([currency, { endless, whole: most, part }]) => ({
		minor: endless ?? wholeOrEndless(most + BigInt(part)),
		currency
	}));
	return whole.sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** A sum of minor units as a number; Infinity, or -Infinity below zero, past the safe integers. */
export function wholeOrEndless(sum: bigint): number {
	const minor = Number(sum);
	return Number.isSafeInteger(minor) ? minor : sum < 0n ? -Infinity : Infinity;
}

/** The amount as a plain decimal: `-12.30`, a point, no grouping, the currency's digits. */
export function decimalOf(amount: Money): string {
	const digits = digitsOf(amount.currency);
	const text = String(Math.abs(amount.minor)).padStart(digits + 1, '0');
	const sign = amount.minor < 0 ? '-' : '';
	if (digits === 0) return sign + text;
	return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

const ENDLESS: Label = { en: 'more than can be shown', es: 'más de lo que se puede mostrar' };

const formats = new Map<string, Intl.NumberFormat>();

/**
 * The amount with its currency as the locale writes it: `€1,234.56`, `1.234,56 €`; in words where it is a sum that is
 * too large to be held.
 */
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
	if (!Number.isFinite(amount.minor)) return label(ENDLESS, as.resolvedOptions().locale);
	return as.format(decimalOf(amount) as `${number}`);
}

function money(minor: number, currency: string): Money {
	if (!Number.isSafeInteger(minor)) throw new KindsError('kinds/too-large', 'a sum past the safe integers');
	return { minor, currency };
}
