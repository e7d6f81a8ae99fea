import { isDate } from '../kinds/dates.ts';
import { monthOfName } from './month-names.ts';

/** Which of day, month and year comes first, where a date is digits alone. */
export const dateOrders = ['dmy', 'mdy', 'ymd'] as const;
export type DateOrder = (typeof dateOrders)[number];

// A time of day after the date, with or without a zone. The day is kept as the bank wrote it: no zone is applied.
const TIME =
	/^(?:[\sT,]+\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?\s?m\.?)?\s*(?:Z|[+-]\d{2}:?\d{2}|[A-Z]{2,5})?)?$/i;
const WEEKDAY = /^\p{L}{2,10}[.,]*\s+(?=\d)/u;
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/;
const YEAR_FIRST_NAMED = /^(\d{4})[-/. ](\p{L}{3,}\.?)[-/. ](\d{1,2})(?!\d)/u;
const DIGITS = /^(\d{1,2})([-/. ])(\d{1,2})\2\s?['’]?(\d{4}|\d{2})(?!\d)/;
const COMPACT = /^(\d{2})(\d{2})(\d{2})(\d{2})(?!\d)/;
const DAY_NAMED =
	/^(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[-/. ]*(?:de )?(\p{L}{3,}\.?)[-/., ]*(?:del? )?['’]?(\d{4}|\d{2})(?!\d)/u;
const NAMED_DAY = /^(\p{L}{3,}\.?)[- ]*(\d{1,2})(?:st|nd|rd|th)?[-, ]+(\d{4})(?!\d)/u;

/**
 * Reads a calendar date as banks write it: `2024-01-31`, `31.01.24`, `01/31/2024`, `20240131`, `31-ene-2024`,
 * `Jan 31, 2024`, each with or without a time of day. Nothing is guessed: a date that does not exist in the given
 * order is no date, even where another order would make one of it.
 * @param order the order of day, month and year; dates with a four-digit year first or a month's name do not need it
 * @returns `YYYY-MM-DD`, or null where the text is no date from 1900 to 2100
 */
export function readDate(text: string, order: DateOrder): string | null {
	const trimmed = text.trim().replace(/\s+/g, ' ');
	return readDay(trimmed, order) ?? readDay(trimmed.replace(WEEKDAY, ''), order);
}

/** Whether a text is a date in any order. */
export function isDateLike(text: string): boolean {
	return text.length <= 40 && /\d/.test(text) && dateOrders.some((order) => readDate(text, order) !== null);
}

/** Whether the order matters: the date is digits alone and does not begin with a four-digit year. */
export function needsOrder(text: string): boolean {
	const bare = text.trim().replace(WEEKDAY, '');
	return !YEAR_FIRST.test(bare) && (DIGITS.test(bare) || (COMPACT.test(bare) && compactYearFirst(bare) === null));
}

function readDay(text: string, order: DateOrder): string | null {
	let match = YEAR_FIRST.exec(text);
	if (match) return day(match, text, match[1], match[3], match[4]);
	match = YEAR_FIRST_NAMED.exec(text);
	if (match) return day(match, text, match[1], monthText(match[2]), match[3]);
	match = DIGITS.exec(text);
	if (match) return inOrder(match, text, order, [match[1], match[3], match[4]]);
	match = DAY_NAMED.exec(text);
	if (match) return day(match, text, match[3], monthText(match[2]), match[1]);
	match = NAMED_DAY.exec(text);
	if (match) return day(match, text, match[3], monthText(match[1]), match[2]);
	match = COMPACT.exec(text);
	if (match) {
		const [, a = '', b = '', c = '', d = ''] = match;
		return compactYearFirst(text) ?? (order === 'ymd' ? null : inOrder(match, text, order, [a, b, c + d]));
	}
	return null;
}

function compactYearFirst(text: string): string | null {
	const match = COMPACT.exec(text);
	if (match === null) return null;
	const [, a = '', b = '', c = '', d = ''] = match;
	return day(match, text, a + b, c, d);
}

function inOrder(match: RegExpExecArray, text: string, order: DateOrder, parts: (string | undefined)[]): string | null {
	const [first, second, third] = parts;
	if (order === 'dmy') return day(match, text, third, second, first);
	if (order === 'mdy') return day(match, text, third, first, second);
	// Only a two-digit year can stand first here: four digits first are read whatever the order is.
	return third?.length === 2 && first?.length === 2 ? day(match, text, first, second, third) : null;
}

function monthText(name: string | undefined): string | undefined {
	return name === undefined ? undefined : monthOfName(name)?.toString();
}

/** The date of three parts, if it exists and only a time of day follows it in the text. */
function day(match: RegExpExecArray, text: string, year = '', month = '', dayOfMonth = ''): string | null {
	if (!TIME.test(text.slice(match[0].length).replace(/^\.(?=\s|$)/, ''))) return null;
	const full = year.length === 2 ? `${Number(year) < 80 ? '20' : '19'}${year}` : year;
	const date = `${full}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`;
	return date >= '1900' && date < '2101' && isDate(date) ? date : null;
}
