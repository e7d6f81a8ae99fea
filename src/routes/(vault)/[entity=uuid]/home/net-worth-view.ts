import { addDays, digitsOf, type Exchange, type Money, type NetWorth } from '$lib/kinds/index.ts';
import type { ChartLine } from '$lib/ui/charts/line.ts';

/** How far back the chart looks, in days; null for all there is. */
export const ranges = { '90': 90, year: 365, all: null } as const;
export type RangeName = keyof typeof ranges;

/** The first day of a range; null where it is the first known. */
export function firstOf(range: RangeName, today: string): string | null {
	const days = ranges[range];
	return days === null ? null : addDays(today, -days);
}

/** What the chart is of: one currency by itself, or everything as one currency. */
export interface Chosen {
	readonly currency: string;
	readonly together: boolean;
}

/** Net worth on a day as it was chosen; null where it, or a rate for it, is not known. */
export interface Point {
	readonly date: string;
	readonly amount: Money | null;
	/** Ids of the records that say nothing of that day. */
	readonly unknown: readonly string[];
}

/** The points of a chart. */
export function pointsOf(over: readonly NetWorth[], { currency, together }: Chosen, exchange: Exchange): Point[] {
	return over.map(({ date, amounts, unknown }): Point => {
		const lacking = unknown.filter(({ currencies }) => together || currencies.includes(currency));
		const alone = amounts.find((amount) => amount.currency === currency) ?? { minor: 0, currency };
		const amount = together ? exchange.together(amounts, currency, date) : alone;
		return { date, amount: lacking.length > 0 ? null : amount, unknown: lacking.map(({ id }) => id) };
	});
}

/** The line of a chart; a day of which too little is known is a gap. */
export function lineOf(points: readonly Point[]): ChartLine {
	return {
		label: '',
		points: points.map(({ date, amount }) => ({ at: new Date(`${date}T12:00`), value: amount && heightOf(amount) }))
	};
}

/** For the eyes alone: a float is near enough to be drawn. */
function heightOf({ minor, currency }: Money): number {
	const bounded = Math.max(-Number.MAX_SAFE_INTEGER, Math.min(minor, Number.MAX_SAFE_INTEGER));
	return bounded / 10 ** digitsOf(currency);
}
