import { addDays, daysBetween } from '../../dates.ts';
import { wholeOrEndless, type Money } from '../../money.ts';
import type { KindRecord } from '../../record-body.ts';
import { holdingsOf, type Holding } from './holdings.ts';

/** Something of unknown worth: its record, and in which currencies it is told of on other days. */
export interface Unknown {
	readonly id: string;
	readonly currencies: readonly string[];
}

/** What all there is was worth at the end of a day. */
export interface NetWorth {
	readonly date: string;
	/** One amount for each currency, by code: accounts, assets, savings and investments less obligations. */
	readonly amounts: readonly Money[];
	/** What was there, or may have been, and whose worth on that day nobody has said: the amounts lack it. */
	readonly unknown: readonly Unknown[];
}

/**
 * Net worth on some days. A value holds from the day it was told for until the next one; nothing is guessed between or
 * before them.
 * @param records of any kinds; see `holdingsOf` for what counts
 * @param dates `YYYY-MM-DD`, rising
 */
export function netWorthOn(records: readonly KindRecord[], dates: readonly string[]): NetWorth[] {
	return worthOf(holdingsOf(records), dates);
}

/**
 * Net worth over time, on days evenly apart of which the last is `to`.
 * @param from the first day looked at; null for the first of which anything is known
 * @param most how many days at most
 */
export function netWorthOver(
	records: readonly KindRecord[],
	{ from, to, most }: { from: string | null; to: string; most: number }
): NetWorth[] {
	const holdings = holdingsOf(records);
	const dates = holdings.flatMap(({ changes }) => changes.map(({ date }) => date));
	const first = from ?? dates.reduce((least, date) => (date < least ? date : least), to);
	const step = Math.max(1, Math.ceil(daysBetween(first, to) / Math.max(1, most - 1)));
	const count = Math.floor(daysBetween(first, to) / step) + 1;
	return worthOf(
		holdings,
		Array.from({ length: count }, (_, place) => addDays(to, (place - count + 1) * step))
	);
}

function worthOf(holdings: readonly Holding[], dates: readonly string[]): NetWorth[] {
	const byCurrency = new Map<string, bigint[]>();
	for (const { date, amount } of holdings.flatMap(({ changes }) => changes)) {
		const place = placeOf(date, dates);
		if (place === dates.length) continue;
		let gained = byCurrency.get(amount.currency);
		if (gained === undefined) byCurrency.set(amount.currency, (gained = dates.map(() => 0n)));
		gained[place] = (gained[place] ?? 0n) + BigInt(amount.minor);
	}
	const sums = [...byCurrency]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([currency, gained]) => {
			let sum = 0n;
			return { currency, sums: gained.map((each) => (sum += each)) };
		});
	return dates.map((date, place) => ({
		date,
		amounts: sums.map(({ currency, sums: all }) => ({ minor: wholeOrEndless(all[place] ?? 0n), currency })),
		unknown: holdings.filter(({ unknown: { from, to } }) => from <= date && date < to).map(unknownOf)
	}));
}

function unknownOf({ id, changes }: Holding): Unknown {
	return { id, currencies: [...new Set(changes.map(({ amount }) => amount.currency))] };
}

/** The place of the first of the dates that is not before this one; their number where all are. */
function placeOf(date: string, dates: readonly string[]): number {
	let [low, high] = [0, dates.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((dates[middle] ?? '') < date) low = middle + 1;
		else high = middle;
	}
	return low;
}
