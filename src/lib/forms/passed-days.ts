import { label, remindersOf, today, type Kind, type RecordBody } from '../kinds/index.ts';

/** By field, what is said of a day of a record that has passed: `Expired`, `Overdue`. */
export function passedDays(kind: Kind, body: RecordBody, locale: string): ReadonlyMap<string, string> {
	const due = kind.reminders === undefined ? [] : remindersOf([{ id: '', body }], today());
	return new Map(
		due.flatMap(({ overdue, reminder: { day, passed } }): [string, string][] => {
			if (overdue === 0 || 'dayOfMonth' in day) return [];
			return [['next' in day ? day.next : day.date, label(passed, locale)]];
		})
	);
}
