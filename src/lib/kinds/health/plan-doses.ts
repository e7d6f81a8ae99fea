import { isDate, isTime } from '../dates.ts';
import { nextDates } from '../next-dates.ts';
import type { RecordBody } from '../record-body.ts';

/** A Monday: rules of medications without a start count from it, the same on every device. */
const SOME_MONDAY = '2024-01-01';

/** The time of a dose that has a day and no time; it is due all day. */
export const ANY_TIME = '00:00';

/**
 * The planned doses of a medication within a window, in order, each `YYYY-MM-DDTHH:MM` by the clock on the wall: eight in
 * the morning is eight in the morning in summer and winter and wherever the person wakes up. A clock that jumps forward
 * over a dose does not lose it, one that goes back does not double it, and two devices in different zones name it alike.
 * @param from the first time wanted, by the clock on the wall
 * @param to the last time wanted
 * @param most at most so many are given
 * @returns nothing for one that is paused, ended, or taken as needed
 */
export function planDoses({ values }: RecordBody, from: string, to: string, most = 500): string[] {
	const { schedule, started, ended, status } = values;
	if (typeof schedule !== 'string' || status === 'paused' || status === 'ended') return [];
	const last = isDate(ended) && ended < to.slice(0, 10) ? ended : to.slice(0, 10);
	const days = nextDates(
		schedule,
		isDate(started) ? started : SOME_MONDAY,
		{ from: from.slice(0, 10), to: last },
		most
	);
	return days
		.flatMap((day) => timesOf(values).map((time) => `${day}T${time}`))
		.filter((at) => at >= from && at <= to)
		.slice(0, most);
}

/** Whether a medication has a plan that could be ticked off; one taken as needed has none. */
export function isPlanned({ values }: RecordBody): boolean {
	return typeof values.schedule === 'string' && values.schedule !== '';
}

/** The times of a medication's days, in order; `ANY_TIME` where it names none. */
export function timesOf(values: Readonly<Record<string, unknown>>): string[] {
	const times = Array.isArray(values.times) ? values.times.filter(isTime) : [];
	return times.length > 0 ? [...new Set(times)].sort() : [ANY_TIME];
}
