import { daysBetween } from '../kinds/index.ts';

/**
 * The number a workbook keeps for a day: 1 is 1 January 1900, and a 29 February of that year is counted that never was.
 * Null for a day before 1 March 1900, which has no number that all programs read alike.
 * @param date `YYYY-MM-DD`
 * @see ECMA-376 part 1, 18.17.4.1
 */
export function serialOf(date: string): number | null {
	return date < '1900-03-01' ? null : daysBetween('1899-12-30', date);
}

/**
 * The number for a moment by the clock on the wall: the day and the part of it that had gone by.
 * @param wall `YYYY-MM-DDTHH:MM`
 */
export function serialOfMoment(wall: string): number | null {
	const day = serialOf(wall.slice(0, 10));
	const [hours = 0, minutes = 0] = wall.slice(11, 16).split(':').map(Number);
	return day === null ? null : day + (hours * 60 + minutes) / 1440;
}
