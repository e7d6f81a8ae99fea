import { formatDate, formatDaysAway, label, type Due } from '$lib/kinds/index.ts';
import { m } from '$messages';

/**
 * When something is due, in words: `Expires in 12 days · 3 Mar 2026`, `Overdue since 1 Mar 2026`.
 * @param on today
 */
export function whenWords({ date, overdue, reminder, automatic }: Due, on: string, locale: string): string {
	const day = formatDate(date, locale);
	const passed = label(reminder.passed, locale);
	if (overdue > 1) return m.due_times({ what: passed, count: overdue, date: day });
	// What is still to be done has been open since; what passed by itself did so a while ago.
	if (overdue === 1 && reminder.after === undefined) return m.due_since({ what: passed, date: day });
	const words = `${overdue > 0 ? passed : label(reminder.coming, locale)} ${formatDaysAway(date, on, locale)}`;
	return [words, day, ...(automatic ? [m.due_automatic()] : [])].join(' · ');
}
