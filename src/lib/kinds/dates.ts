import {
	type CalendarDate,
	endOfMonth as lastOfMonth,
	parseAbsolute,
	parseDate as parseCalendar,
	toCalendarDate,
	today as calendarToday
} from '@internationalized/date';
import { KindsError } from './kinds-error.ts';

// A calendar date is the text `YYYY-MM-DD`: it sorts as text, has no zone, and means the same day everywhere.

/** Whether a value is a calendar date that exists (`2023-02-29` does not). */
export function isDate(value: unknown): value is string {
	if (typeof value !== 'string' || !/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(value) || value < '0001')
		return false;
	// Every month has these days, and this is asked of every record.
	if (value.slice(8) <= '28') return true;
	const days = new Date(`${value}T00:00:00Z`);
	return !Number.isNaN(days.getTime()) && days.toISOString().startsWith(value);
}

/** Whether a value is a moment as RFC 3339 writes it, offset included. */
export function isDateTime(value: unknown): value is string {
	if (typeof value !== 'string') return false;
	const match = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/.exec(value);
	return match !== null && isDate(match[1]) && !Number.isNaN(Date.parse(value));
}

/** Whether a value is a time on the wall, `YYYY-MM-DDTHH:MM`, without a zone. */
export function isWallTime(value: unknown): value is string {
	return (
		typeof value === 'string' &&
		value.length === 16 &&
		value[10] === 'T' &&
		isTime(value.slice(11)) &&
		isDate(value.slice(0, 10))
	);
}

/** Whether a value is a time of day, `HH:MM`. */
export function isTime(value: unknown): value is string {
	return typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(value);
}

/**
 * What the clock on the wall says at a moment.
 * @param at RFC 3339
 * @param zone IANA name; where the device is by default
 */
export function wallTime(at: string, zone: string = new Intl.DateTimeFormat().resolvedOptions().timeZone): string {
	return parseAbsolute(at, zone).toString().slice(0, 16);
}

/** What the clock on the wall says now, where the device is. */
export function wallNow(): string {
	return wallTime(new Date().toISOString());
}

/** The time on the wall so many minutes later, by the clock alone: a day has 24 hours. */
export function addMinutes(wall: string, minutes: number): string {
	return new Date(Date.parse(`${wall}Z`) + minutes * 60_000).toISOString().slice(0, 16);
}

/** How many minutes from one time on the wall to the other; below zero when `to` is earlier. */
export function minutesBetween(from: string, to: string): number {
	return (Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) / 60_000;
}

/** Today in a time zone (IANA name, such as `Europe/Madrid`), or where the device is. */
export function today(zone?: string): string {
	if (zone !== undefined) return calendarToday(zone).toString();
	// The device's own clock tells without the tables of all zones, which take a phone a while to load.
	const now = new Date();
	const [month, day] = [now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0'));
	return `${String(now.getFullYear())}-${month}-${day}`;
}

/**
 * The date a person means who typed a year of two digits, which reads as one of the first century: the year of that
 * ending from 79 years ago to 20 years ahead. Any other date stays as it is.
 * @param now today, as `YYYY-MM-DD`
 */
export function fullYear(date: string, now: string = today()): string {
	if (!date.startsWith('00')) return date;
	const year = Number(now.slice(0, 4));
	const century = Math.floor(year / 100) * 100;
	const typed = century + Number(date.slice(2, 4));
	const meant = typed > year + 20 ? typed - 100 : typed <= year - 80 ? typed + 100 : typed;
	const full = `${meant}${date.slice(4)}`;
	return isDate(full) ? full : date;
}

/** The date so many days later; earlier when below zero. */
export function addDays(date: string, days: number): string {
	return calendar(date).add({ days }).toString();
}

/** The date so many months later; the month's last day where that day is missing (31 January + 1 = 28 February). */
export function addMonths(date: string, months: number): string {
	return calendar(date).add({ months }).toString();
}

/** How many days from one date to the other; below zero when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
	return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** `YYYY-MM` of a date. */
export function monthOf(date: string): string {
	return date.slice(0, 7);
}

/** The last day of a date's month. */
export function endOfMonth(date: string): string {
	return lastOfMonth(calendar(date)).toString();
}

/**
 * The date as `@internationalized/date` holds it, for date fields and calendars.
 * @throws KindsError `kinds/date`
 */
export function calendar(date: string): CalendarDate {
	if (!isDate(date)) throw new KindsError('kinds/date', 'not a calendar date');
	return toCalendarDate(parseCalendar(date));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The date as the locale writes it: `short` is `05/03/2024`, `medium` is `5 Mar 2024`. */
export function formatDate(date: string, locale: string, style: 'short' | 'medium' | 'long' = 'medium'): string {
	const key = `${locale} ${style}`;
	let format = formats.get(key);
	if (format === undefined) {
		const look: Intl.DateTimeFormatOptions =
			style === 'short' ? { day: '2-digit', month: '2-digit', year: 'numeric' } : { dateStyle: style };
		format = new Intl.DateTimeFormat(locale, { ...look, timeZone: 'UTC' });
		formats.set(key, format);
	}
	return format.format(new Date(`${date}T00:00:00Z`));
}

/** A moment, or a time on the wall, as the locale writes it. */
export function formatMoment(at: string, locale: string): string {
	const key = `${locale} moment`;
	let format = formats.get(key);
	if (format === undefined) {
		format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
		formats.set(key, format);
	}
	// Without an offset it is read as what the device's clock says, and written so again.
	return format.format(new Date(at));
}

/** A time of day, `HH:MM`, as the locale writes it: `8:00 am`, `8:00`. */
export function formatTime(time: string, locale: string): string {
	const key = `${locale} time`;
	let format = formats.get(key);
	if (format === undefined) {
		format = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' });
		formats.set(key, format);
	}
	return format.format(new Date(`2024-01-01T${time}:00Z`));
}

/** How far a date is from another in words: `tomorrow`, `in 12 days`, `3 days ago`. */
export function formatDaysAway(date: string, from: string, locale: string): string {
	return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(daysBetween(from, date), 'day');
}

/** A month, `YYYY-MM`, as the locale writes it: `March 2024`. */
export function formatMonth(month: string, locale: string): string {
	const format = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
	return format.format(new Date(`${month}-01T00:00:00Z`));
}
