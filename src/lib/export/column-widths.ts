import type { Cell, Table } from './table.ts';

/** Room beside what is in a cell, in characters; in the header the button of the filter stands there. */
const BESIDE = 2;
const BUTTON = 3;
/** The first of the code units from which on signs are wide: the scripts of East Asia, halves of pairs. */
const WIDE = 0x2e80;
/** A row is at most 409 points high, whatever is in it. */
const MOST_LINES = 27;
/** The point and three digits behind it, which no currency of today has more of. */
const DECIMALS = 4;
/**
 * How many characters wide the columns of a sheet are: as what is in them needs, texts at most as wide as their column says
 * (they go on below), and never less than the longest word of the header.
 */
export function columnWidths({ columns, rows }: Table): number[] {
	return columns.map(({ header, format, width, currency }, at) => {
		const words = header.split(' ').map((word) => word.length);
		const least = Math.min(Math.max(...words) + BUTTON, Math.max(width, 16));
		if (format === 'date' || format === 'month' || format === 'moment') return Math.max(least, width);
		let most = 0;
		for (const row of rows) {
			const cell = row[at] ?? null;
			const room = format === 'money' ? amountRoom(cell, row[currency ?? -1] ?? null) : textRoom(cell, width);
			if (room > most) most = room;
		}
		// An amount that is wider than its column is shown as ####.
		return Math.max(least, format === 'money' ? most + BESIDE : Math.min(most + BESIDE, width));
	});
}

/** Signs of some scripts, and pictures, take the room of two letters of ours. */
function textRoom(cell: Cell, most: number): number {
	if (cell === null) return 0;
	const text = String(cell);
	let room = text.length;
	for (let at = 0; at < text.length && room < most; at++) if (text.charCodeAt(at) >= WIDE) room++;
	return Math.min(room, most);
}

/** Digits, signs between thousands, decimals, minus and currency. */
function amountRoom(cell: Cell, currency: Cell): number {
	if (typeof cell !== 'number') return 0;
	const digits = Math.floor(Math.log10(Math.max(Math.abs(cell), 1))) + 1;
	const unit = typeof currency === 'string' ? currency.length + 1 : 0;
	return digits + Math.floor((digits - 1) / 3) + DECIMALS + (cell < 0 ? 1 : 0) + unit;
}

/** How many lines the header of a sheet takes with its columns so wide. */
export function headerLines({ columns }: Table, widths: readonly number[]): number {
	return Math.max(1, ...columns.map(({ header }, at) => linesOf(header, (widths[at] ?? 0) - BUTTON)));
}

/** How many lines a row takes: as its longest text that goes on below needs. */
export function rowLines({ columns }: Table, cells: readonly Cell[], widths: readonly number[]): number {
	let most = 1;
	for (const [at, { wraps }] of columns.entries()) {
		const [cell, width] = [cells[at], widths[at] ?? 0];
		if (wraps && typeof cell === 'string' && (cell.length > width - BESIDE || cell.includes('\n')))
			most = Math.max(most, linesOf(cell, width - BESIDE));
		if (most >= MOST_LINES) return MOST_LINES;
	}
	return most;
}

/** The lines of a text in a cell that so many letters go into; words stay whole where they can. */
function linesOf(text: string, room: number): number {
	let lines = 0;
	for (const paragraph of text.split('\n')) {
		let left = -1;
		for (const word of paragraph.split(' ')) {
			if (word.length > left) {
				const own = Math.max(1, Math.ceil(word.length / room));
				[lines, left] = [lines + own, own * room];
			}
			left -= word.length + 1;
		}
		if (lines >= MOST_LINES) return MOST_LINES;
	}
	return lines;
}
