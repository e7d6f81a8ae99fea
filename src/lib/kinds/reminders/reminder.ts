import type { Label } from '../label.ts';

/** Holds where the field of that key has one of these answers; `''` is none at all. */
export interface Answer {
	readonly field: string;
	readonly is: readonly string[];
}

/** Which days of a record are meant; what is named are keys of its fields. */
export type ReminderDay =
	/** A date; `before` is a number of days, weeks or months by which it is earlier, such as a notice period. */
	| { readonly date: string; readonly before?: string }
	/** A number that is a day of every month, or the month's last where it has fewer; up to the date `ends`. */
	| { readonly dayOfMonth: string; readonly ends?: string }
	/** The date `next`, and from there on the dates of a rule, up to the date `ends`. */
	| { readonly next: string; readonly schedule: string; readonly ends?: string };

/** A day of a record that somebody wants to know of before it comes. */
export interface Reminder {
	readonly day: ReminderDay;
	/** What comes on the day: `Expires`. */
	readonly coming: Label;
	/** What is said once it has passed: `Expired`. */
	readonly passed: Label;
	/** From how many days before it is told. */
	readonly ahead: number;
	/** For how many days after it is told; until it is done where nothing is said. */
	readonly after?: number;
	/** Told only where this holds. */
	readonly when?: Answer;
	/** Key of the money field that says how much. */
	readonly amount?: string;
	/** Where this holds nobody has to do anything. */
	readonly automatic?: Answer;
	/** A press of a button that does it: the next date moves on, or a choice gets its answer. */
	readonly done?: { readonly label: Label } & (
		{ readonly moves: 'next' } | { readonly field: string; readonly to: string }
	);
}

/** The keys a reminder names. */
export function keysOf({ day, when, amount, automatic, done }: Reminder): string[] {
	const set = done && 'field' in done ? done.field : undefined;
	return [...Object.values(day), when?.field, amount, automatic?.field, set].filter((key) => key !== undefined);
}

/** Whether what a record says is one of the answers. */
export function answers({ field, is }: Answer, values: Readonly<Record<string, unknown>>): boolean {
	const value = values[field];
	return is.includes(typeof value === 'string' ? value : '');
}
