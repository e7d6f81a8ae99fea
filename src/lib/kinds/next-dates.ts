import { addDays, addMonths, daysBetween, endOfMonth, isDate } from './dates.ts';
import { parseSchedule, weekdays, type ByDay, type Schedule } from './schedule.ts';

export interface Window {
	/** The first day wanted; before it dates are worked out but not given. */
	readonly from: string;
	/** The last day wanted. */
	readonly to: string;
}

/**
 * The dates a rule falls on, in order.
 *
 * As RFC 5545 says, days of the month that a month does not have are skipped when the rule names them. A plain monthly
 * or yearly rule takes its day from the start, and there a shorter month's last day stands in (RFC 7529, SKIP=BACKWARD):
 * a payment begun on the 31st is due every month. The start itself counts only if the rule falls on it.
 * @param rule RFC 5545 RRULE
 * @param start the first date it can fall on; weeks, months and years are counted from it
 * @param window the days wanted; at most `most` dates are given
 * @returns nothing when the rule is not one known here
 */
export function nextDates(rule: string, start: string, window: Window, most = 500): string[] {
	const schedule = parseSchedule(rule);
	if (schedule === null || !isDate(start)) return [];
	const last = schedule.until !== undefined && schedule.until < window.to ? schedule.until : window.to;
	const dates: string[] = [];
	let times = 0;
	for (let period = firstPeriod(schedule, start, window.from); ; period += 1) {
		const begin = beginOf(schedule, start, period);
		if (begin === null || begin > last) return dates;
		for (const date of datesOf(schedule, start, begin)) {
			if (date < start) continue;
			times += 1;
			if (date > last || (schedule.count !== undefined && times > schedule.count)) return dates;
			if (date >= window.from) dates.push(date);
			if (dates.length >= most) return dates;
		}
	}
}

/** The first period worth looking at: a counted rule is counted from its start, others skip to the window. */
function firstPeriod({ frequency, interval, count }: Schedule, start: string, from: string): number {
	if (count !== undefined || from <= start) return 0;
	const longest = { DAILY: 1, WEEKLY: 7, MONTHLY: 31, YEARLY: 366 }[frequency];
	return Math.max(0, Math.floor(daysBetween(start, from) / (longest * interval)) - 1);
}

/** The first day of the nth period after the start's; null past the last year there is. */
function beginOf({ frequency, interval }: Schedule, start: string, period: number): string | null {
	const steps = period * interval;
	if (frequency === 'DAILY') return within(start, steps) ? addDays(start, steps) : null;
	if (frequency === 'WEEKLY') return within(start, steps * 7) ? addDays(start, steps * 7 - weekdayOf(start)) : null;
	const months = frequency === 'MONTHLY' ? steps : steps * 12;
	return within(start, months * 31) ? addMonths(`${start.slice(0, 7)}-01`, months) : null;
}

function within(start: string, days: number): boolean {
	return daysBetween(start, '9999-01-01') > days;
}

function datesOf(schedule: Schedule, start: string, begin: string): string[] {
	if (schedule.frequency === 'DAILY') return fits(schedule, begin) ? [begin] : [];
	if (schedule.frequency === 'WEEKLY') {
		const wanted =
			schedule.byDay.length > 0 ? schedule.byDay.map(({ day }) => weekdays.indexOf(day)) : [weekdayOf(start)];
		return [0, 1, 2, 3, 4, 5, 6].filter((day) => wanted.includes(day)).map((day) => addDays(begin, day));
	}
	const end = endOfMonth(begin);
	if (schedule.byDay.length === 0 && schedule.byMonthDay.length === 0) {
		const same = `${begin.slice(0, 8)}${start.slice(8)}`;
		return [same < end ? same : end];
	}
	const dates = Array.from({ length: Number(end.slice(8)) }, (_, index) => addDays(begin, index));
	return dates.filter((date) => fits(schedule, date));
}

/** Whether a date is one of the rule's days; with both kinds of days it must be both. */
function fits({ byDay, byMonthDay }: Schedule, date: string): boolean {
	const day = Number(date.slice(8));
	const length = Number(endOfMonth(date).slice(8));
	const inMonth = byMonthDay.length === 0 || byMonthDay.includes(day) || byMonthDay.includes(day - length - 1);
	return inMonth && (byDay.length === 0 || byDay.some((each) => isDay(each, date, day, length)));
}

function isDay({ day: weekday, nth }: ByDay, date: string, day: number, length: number): boolean {
	if (weekdays[weekdayOf(date)] !== weekday) return false;
	if (nth === undefined) return true;
	return nth > 0 ? Math.ceil(day / 7) === nth : Math.ceil((length - day + 1) / 7) === -nth;
}

/** 0 is Monday. */
function weekdayOf(date: string): number {
	return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}
