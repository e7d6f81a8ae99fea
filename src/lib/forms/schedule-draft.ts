import {
	formatSchedule,
	parseSchedule,
	weekdays,
	type Frequency,
	type Schedule,
	type Weekday
} from '../kinds/index.ts';

export const units = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const satisfies readonly Frequency[];

/** The rules a form can draw: every n days, weeks, months or years, perhaps on some weekdays or the month's last day. */
export interface SimpleSchedule {
	readonly frequency: Frequency;
	readonly interval: number;
	readonly lastDay: boolean;
	/** Of a weekly rule; none is the weekday of its start. */
	readonly days: readonly Weekday[];
}

/** The rule as the form can draw it; null when it says more, and is then kept as it is until it is replaced. */
export function simpleSchedule(rule: string): SimpleSchedule | null {
	const schedule = parseSchedule(rule);
	if (schedule === null) return null;
	const { frequency, interval, byDay, byMonthDay } = schedule;
	const lastDay = byMonthDay.length === 1 && byMonthDay[0] === -1;
	const simple = { frequency, interval, lastDay, days: byDay.map(({ day }) => day) };
	return formatSchedule(schedule) === ruleOf(simple) ? simple : null;
}

/** The RFC 5545 text of a rule the form draws. */
export function ruleOf({ frequency, interval, lastDay, days }: SimpleSchedule): string {
	const schedule: Schedule = {
		frequency,
		interval,
		byDay: frequency === 'WEEKLY' ? weekdays.filter((day) => days.includes(day)).map((day) => ({ day })) : [],
		byMonthDay: lastDay && frequency === 'MONTHLY' ? [-1] : []
	};
	return formatSchedule(schedule);
}
