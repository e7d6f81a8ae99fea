import { categoryLabel, formatMoney, sumMoney } from '$lib/kinds/index.ts';
import type { CategorySpending, Money } from '$lib/kinds/index.ts';
import type { Bar } from '$lib/ui/charts/bar.ts';

/** How many categories stand alone in the chart; the rest is one bar. */
const MOST_BARS = 8;

/** One currency's spending of a month: its sum, and the categories, largest first. */
export interface CurrencySpending {
	currency: string;
	total: Money;
	categories: readonly CategorySpending[];
}

/** A month's spending, one entry for each currency, by code. */
export function byCurrency(spending: readonly CategorySpending[]): CurrencySpending[] {
	return sumMoney(spending.map(({ amount }) => amount)).map((total) => ({
		currency: total.currency,
		total,
		categories: spending.filter(({ amount }) => amount.currency === total.currency)
	}));
}

/** The words the chart needs. */
export interface BarWords {
	locale: string;
	uncategorised: string;
	others: (count: number) => string;
}

/** The chart's bars: the largest categories, what has none marked, and the small ones put together at the end. */
export function spendingBars({ categories, currency }: CurrencySpending, words: BarWords): Bar[] {
	const { locale, uncategorised, others } = words;
	const alone = categories.length > MOST_BARS ? categories.slice(0, MOST_BARS - 1) : categories;
	const rest = categories.slice(alone.length).map(({ amount }) => amount);
	const bars: Bar[] = alone.map(({ category, amount }) => ({
		label: category === null ? uncategorised : categoryLabel(category, locale),
		value: lengthOf(amount),
		text: formatMoney(amount, locale),
		tone: category === null ? 'attention' : 'act'
	}));
	const [sum] = sumMoney(rest);
	if (!sum || sum.currency !== currency) return bars;
	return [...bars, { label: others(rest.length), value: lengthOf(sum), text: formatMoney(sum, locale), tone: 'muted' }];
}

/** A sum too large to be held is as long as a bar can be. */
function lengthOf({ minor }: Money): number {
	return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(minor, Number.MAX_SAFE_INTEGER));
}
