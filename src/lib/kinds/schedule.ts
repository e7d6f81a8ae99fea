import { isDate } from './dates.ts';

// RFC 5545 section 3.3.10, the part recurring payments need: FREQ, INTERVAL, BYDAY, BYMONTHDAY, COUNT and UNTIL. The
// text itself is what a record keeps, so a rule with other parts, written elsewhere, stays as it is.

export type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof weekdays)[number];

/** A day of the week; with `nth` the first, second … or, below zero, last … of the month. */
export interface ByDay {
	readonly day: Weekday;
	readonly nth?: number;
}

export interface Schedule {
	readonly frequency: Frequency;
	/** 1 is every time, 2 every other. */
	readonly interval: number;
	readonly byDay: readonly ByDay[];
	/** 1 to 31, or -1 for the month's last day and so on backwards. */
	readonly byMonthDay: readonly number[];
	/** How many times in all. */
	readonly count?: number;
	/** The last day it may fall on. */
	readonly until?: string;
}

/** Whether a value is a rule: one known here, or at least one with the shape of a rule. */
export function isSchedule(value: unknown): value is string {
	return typeof value === 'string' && value.length <= 500 && /^FREQ=[A-Z]+(;[A-Z-]+=[^;=\s]+)*$/.test(value);
}

/** The rule as data; null when it has parts or values not known here. */
export function parseSchedule(text: string): Schedule | null {
	const parts = new Map<string, string>();
	for (const part of text
		.toUpperCase()
		.replace(/^RRULE:/, '')
		.split(';')) {
		const [name = '', value = '', more] = part.split('=');
		if (more !== undefined || parts.has(name)) return null;
		parts.set(name, value);
	}
	const read = { ...frequency(parts), ...bounds(parts), ...days(parts) };
	const known = ['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'COUNT', 'UNTIL', 'WKST'];
	if ([...parts.keys()].some((name) => !known.includes(name)) || (parts.get('WKST') ?? 'MO') !== 'MO') return null;
	return complete(read);
}

/** The rule as RFC 5545 text. */
export function formatSchedule(schedule: Schedule): string {
	const parts = [`FREQ=${schedule.frequency}`];
	if (schedule.interval !== 1) parts.push(`INTERVAL=${schedule.interval}`);
	if (schedule.byDay.length > 0)
		parts.push(`BYDAY=${schedule.byDay.map(({ nth, day }) => `${nth ?? ''}${day}`).join(',')}`);
	if (schedule.byMonthDay.length > 0) parts.push(`BYMONTHDAY=${schedule.byMonthDay.join(',')}`);
	if (schedule.count !== undefined) parts.push(`COUNT=${schedule.count}`);
	if (schedule.until !== undefined) parts.push(`UNTIL=${schedule.until.replaceAll('-', '')}`);
	return parts.join(';');
}

type Read = Partial<Schedule> & { wrong?: true };
type Parts = ReadonlyMap<string, string>;

function complete(read: Read): Schedule | null {
	const { frequency, interval, byDay, byMonthDay, count, until, wrong } = read;
	if (wrong || frequency === undefined || interval === undefined || byDay === undefined || byMonthDay === undefined) {
		return null;
	}
	// RFC 5545: both bounds at once, or days of the month in a week, mean nothing.
	if (count !== undefined && until !== undefined) return null;
	if (byMonthDay.length > 0 && frequency === 'WEEKLY') return null;
	if (byDay.some(({ nth }) => nth !== undefined) && frequency !== 'MONTHLY') return null;
	// In a year these mean "on those days of every month" or more: rules of others, kept but not worked out.
	if (frequency === 'YEARLY' && (byDay.length > 0 || byMonthDay.length > 0)) return null;
	return {
		frequency,
		interval,
		byDay,
		byMonthDay,
		...(count === undefined ? {} : { count }),
		...(until === undefined ? {} : { until })
	};
}

function frequency(parts: Parts): Read {
	const found = (['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const).find((each) => each === parts.get('FREQ'));
	const interval = whole(parts.get('INTERVAL') ?? '1', 1, 1000);
	return found === undefined || interval === null ? { wrong: true } : { frequency: found, interval };
}

function bounds(parts: Parts): Read {
	const count = parts.get('COUNT');
	const until = parts.get('UNTIL');
	const times = count === undefined ? undefined : whole(count, 1, 10_000);
	const last =
		until === undefined ? undefined : /^(\d{4})(\d{2})(\d{2})(T\d{6}Z?)?$/.exec(until)?.slice(1, 4).join('-');
	if (times === null || (until !== undefined && !isDate(last))) return { wrong: true };
	return { ...(times === undefined ? {} : { count: times }), ...(last === undefined ? {} : { until: last }) };
}

function days(parts: Parts): Read {
	const byDay: ByDay[] = [];
	for (const text of list(parts.get('BYDAY'))) {
		const match = /^([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)$/.exec(text);
		const day = weekdays.find((each) => each === match?.[2]);
		if (day === undefined) return { wrong: true };
		byDay.push(match?.[1] === undefined ? { day } : { day, nth: Number(match[1]) });
	}
	const byMonthDay = list(parts.get('BYMONTHDAY')).map((text) => whole(text, -31, 31));
	if (byMonthDay.some((day) => day === null || day === 0)) return { wrong: true };
	return { byDay, byMonthDay: byMonthDay.filter((day) => day !== null) };
}

function list(text: string | undefined): string[] {
	return text === undefined ? [] : text.split(',');
}

function whole(text: string, least: number, most: number): number | null {
	const value = /^[+-]?\d{1,5}$/.test(text) ? Number(text) : NaN;
	return value >= least && value <= most ? value : null;
}
