import { addDays, addMonths, isDate } from '../dates.ts';
import { isMeasure } from '../measure.ts';
import { nextDates, type Window } from '../next-dates.ts';
import type { RecordBody } from '../record-body.ts';
import type { ReminderDay } from './reminder.ts';

/** Later than anything is worked out. */
const FOR_EVER = '9999-12-31';

/** The day in question that comes back by a rule. */
type Recurring = Extract<ReminderDay, { next: string }>;

/**
 * The dates of a record that a reminder is about, within a window, in order; none where the record does not say.
 * @param window the days wanted; at most `most` dates are given
 */
export function dueDates(day: ReminderDay, body: RecordBody, window: Window, most: number): string[] {
	if ('next' in day) return recurringDates(day, body, window, most);
	if ('dayOfMonth' in day) return daysOfMonths(day, body, window, most);
	const date = dateOf(day, body.values);
	return date !== null && date >= window.from && date <= window.to ? [date] : [];
}

/** The one date of a reminder that is about one, or the next of those that come back; null where there is none. */
export function dateOf(day: ReminderDay, values: Readonly<Record<string, unknown>>): string | null {
	if ('dayOfMonth' in day) return null;
	const date = values['next' in day ? day.next : day.date];
	if (!isDate(date)) return null;
	return 'before' in day && day.before !== undefined ? earlier(date, values[day.before]) : date;
}

/** The date after the next one; null when that is the last. */
export function dateAfterNext(day: Recurring, body: RecordBody): string | null {
	const next = body.values[day.next];
	if (!isDate(next)) return null;
	return recurringDates(day, body, { from: addDays(next, 1), to: FOR_EVER }, 1)[0] ?? null;
}

/**
 * The date a rule is counted from. Where the next date was moved on it is still the first one, so that what began on the
 * 31st goes back to it after a short month and a counted rule ends; where next date or rule were changed by hand, it is
 * the next date.
 */
export function startOf(schedule: string, next: string, countedFrom: unknown): string {
	if (!isDate(countedFrom) || countedFrom >= next) return next;
	return nextDates(schedule, countedFrom, { from: next, to: next }, 1).length > 0 ? countedFrom : next;
}

/** The next date is one itself, whatever the rule; from there on the rule says when, up to the day it ends. */
function recurringDates(day: Recurring, { values, meta }: RecordBody, window: Window, most: number): string[] {
	const next = values[day.next];
	if (!isDate(next)) return [];
	const to = endOf(day, values, window);
	const from = next > window.from ? next : window.from;
	const own = next >= window.from && next <= to ? [next] : [];
	const schedule = values[day.schedule];
	if (typeof schedule !== 'string') return own;
	const byRule = nextDates(schedule, startOf(schedule, next, meta.countedFrom), { from, to }, most);
	return [...new Set([...own, ...byRule])].slice(0, most);
}

function daysOfMonths(
	day: Extract<ReminderDay, { dayOfMonth: string }>,
	{ values }: RecordBody,
	window: Window,
	most: number
): string[] {
	const wanted = values[day.dayOfMonth];
	if (!isMeasure(wanted) || !Number.isInteger(wanted.value) || wanted.value < 1 || wanted.value > 31) return [];
	// Counted from a January, which has every day: nextDates takes the last day of a month that has fewer.
	const start = `${addDays(window.from, -366).slice(0, 4)}-01-${String(wanted.value).padStart(2, '0')}`;
	return nextDates('FREQ=MONTHLY', start, { from: window.from, to: endOf(day, values, window) }, most);
}

function endOf({ ends }: { ends?: string }, values: Readonly<Record<string, unknown>>, window: Window): string {
	const last = ends === undefined ? undefined : values[ends];
	return isDate(last) && last < window.to ? last : window.to;
}

/** The date so many days, weeks or months before; null where no length of time is said. */
function earlier(date: string, by: unknown): string | null {
	if (!isMeasure(by)) return null;
	const count = Math.round(by.value);
	const found = by.unit === 'mo' ? addMonths(date, -count) : addDays(date, by.unit === 'wk' ? -7 * count : -count);
	return isDate(found) ? found : null;
}
