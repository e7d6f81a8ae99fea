import { bareCell } from './looks-like.ts';
import type { DateOrder } from './read-date.ts';
import { dateOrders, needsOrder, readDate } from './read-date.ts';

export interface DateOrderGuess {
	order: DateOrder;
	/** False where the whole file allows several orders and the person must say which. */
	sure: boolean;
	/** A date of the file that the orders read differently, to ask about. */
	sample: string | null;
}

/**
 * The order of day, month and year, decided by all dates of a file together: by the one order in which the most of
 * them exist. Where several are equally good the person is asked, and the likeliest is suggested: the order in which
 * the file is sorted, else the one whose days lie closest together.
 * @param cells the cells of the date column
 */
export function guessDateOrder(cells: readonly string[]): DateOrderGuess {
	const texts = cells.map(bareCell).filter(needsOrder);
	if (texts.length === 0) return { order: 'ymd', sure: true, sample: null };
	const readings = candidates(texts).map((order) => ({ order, dates: texts.map((text) => readDate(text, order)) }));
	const most = Math.max(...readings.map(({ dates }) => count(dates)));
	const best = readings
		.filter(({ dates }) => count(dates) === most)
		.sort((a, b) => disorder(a.dates) - disorder(b.dates));
	const [first, second] = best;
	if (first === undefined || second === undefined)
		return { order: first?.order ?? 'dmy', sure: most > 0, sample: null };
	const differs = texts.findIndex((_, index) => first.dates[index] !== second.dates[index]);
	// 05/05/2024 in every row: all orders say the same.
	return { order: first.order, sure: differs < 0, sample: texts[differs] ?? null };
}

/** The month never comes first, nor the year, where points part the numbers. */
function candidates(texts: readonly string[]): readonly DateOrder[] {
	return texts.every((text) => /^\D*\d{1,2}\./.test(text)) ? ['dmy'] : dateOrders;
}

function count(dates: readonly (string | null)[]): number {
	return dates.reduce((sum, date) => sum + (date === null ? 0 : 1), 0);
}

/** Below 1: the share of neighbours out of order; plus a little for the days between first and last. */
function disorder(dates: readonly (string | null)[]): number {
	const known = dates.filter((date) => date !== null);
	let up = 0;
	let down = 0;
	for (let index = 1; index < known.length; index += 1) {
		const before = known[index - 1] ?? '';
		const now = known[index] ?? '';
		if (now > before) up += 1;
		if (now < before) down += 1;
	}
	const days = known.map((date) => Date.parse(date) / 86_400_000);
	const span = Math.max(...days) - Math.min(...days);
	return Math.min(up, down) / Math.max(known.length - 1, 1) + span / 1e6;
}
