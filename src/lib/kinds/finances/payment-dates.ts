import { addDays, isDate } from '../dates.ts';
import { nextDates, type Window } from '../next-dates.ts';
import type { RecordBody } from '../record-body.ts';

/** Later than any payment is worked out. */
const FOR_EVER = '9999-12-31';

/**
 * The dates of a recurring payment within a window, in order. The next date is one itself, whatever the rule; from
 * there on the rule says when, up to the day it ends.
 * @param window the days wanted; at most `most` dates are given
 */
export function paymentDates({ values, meta }: RecordBody, window: Window, most: number): string[] {
	const { next, schedule, ends } = values;
	if (!isDate(next) || typeof schedule !== 'string') return [];
	const to = isDate(ends) && ends < window.to ? ends : window.to;
	const from = next > window.from ? next : window.from;
	const own = next >= window.from && next <= to ? [next] : [];
	const byRule = nextDates(schedule, startOf(schedule, next, meta.countedFrom), { from, to }, most);
	return [...new Set([...own, ...byRule])].slice(0, most);
}

/** The date after the next one; null when that is the last. */
export function dateAfterNext(body: RecordBody): string | null {
	const { next } = body.values;
	if (!isDate(next)) return null;
	return paymentDates(body, { from: addDays(next, 1), to: FOR_EVER }, 1)[0] ?? null;
}

/**
 * The date a payment's rule is counted from. Where the next date was moved on it is still the first one, so that what
 * began on the 31st goes back to it after a short month and a counted rule ends; where next date or rule were changed by
 * hand, it is the next date.
 */
export function startOf(schedule: string, next: string, countedFrom: unknown): string {
	if (!isDate(countedFrom) || countedFrom >= next) return next;
	return nextDates(schedule, countedFrom, { from: next, to: next }, 1).length > 0 ? countedFrom : next;
}
