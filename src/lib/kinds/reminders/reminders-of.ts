import { addDays } from '../dates.ts';
import type { Kind } from '../define-kind.ts';
import type { KindRecord } from '../record-body.ts';
import { kindOf } from '../registry.ts';
import { dateOf, dueDates } from './due-dates.ts';
import { answers, type Reminder } from './reminder.ts';

/** A day of a record that is near, or was missed. */
export interface Due<R extends KindRecord = KindRecord> {
	readonly record: R;
	readonly kind: Kind;
	readonly reminder: Reminder;
	/** Of what is overdue, the first date on which it was not done. */
	readonly date: string;
	/** How many of its dates have passed; 0 for one to come. */
	readonly overdue: number;
	/** Nobody has to do anything about it. */
	readonly automatic: boolean;
	/** It is the one to do next, by a press of the reminder's button. */
	readonly doable: boolean;
}

/** Before any date that is worked out. */
const EVER = '0001-01-01';
/** More open dates than this are not counted. */
const MOST_OVERDUE = 1000;

/**
 * What comes due of these records, soonest first: of each reminder one entry for all that has passed, and one for what
 * comes next, as far ahead as it says.
 * @param records live ones, of any kinds; those whose kind tells of no days are passed over
 * @param on today
 */
export function remindersOf<R extends KindRecord>(records: readonly R[], on: string): Due<R>[] {
	return records
		.flatMap((record) => {
			const kind = kindOf(record.body.kind);
			if (kind?.reminders === undefined || record.body.meta.deleted === true) return [];
			return kind.reminders.flatMap((reminder) => dueOf(record, kind, reminder, on));
		})
		.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

/** How many of these somebody should see to today. */
export function waitingOn(due: readonly Due[], on: string): number {
	return due.filter(({ automatic, date }) => !automatic && date <= on).length;
}

function dueOf<R extends KindRecord>(record: R, kind: Kind, reminder: Reminder, on: string): Due<R>[] {
	const { body } = record;
	const { day, ahead, when, done } = reminder;
	if (when !== undefined && !answers(when, body.values)) return [];
	const automatic = reminder.automatic !== undefined && answers(reminder.automatic, body.values);
	const about = { record, kind, reminder, automatic };
	const passed = passedDates(record, reminder, automatic ? 0 : reminder.after, on);
	const coming = dueDates(day, body, { from: on, to: addDays(on, ahead) }, 1);
	const next = dateOf(day, body.values);
	const doable = (date: string): boolean => done !== undefined && !automatic && date === next;
	return [
		...passed.slice(0, 1).map((date) => ({ ...about, date, overdue: passed.length, doable: doable(date) })),
		...coming.map((date) => ({ ...about, date, overdue: 0, doable: doable(date) }))
	];
}

/** The dates before today that are still told of; `after` is for how many days, and nothing is until it is done. */
function passedDates({ body }: KindRecord, { day }: Reminder, after: number | undefined, on: string): string[] {
	if (after === 0) return [];
	const from = after === undefined ? EVER : addDays(on, -after);
	return dueDates(day, body, { from, to: addDays(on, -1) }, MOST_OVERDUE);
}
