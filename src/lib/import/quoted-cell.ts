import type { RowProblemCode } from './row-problem.ts';
import { looksLikeMovement } from './looks-like.ts';

export interface Cell {
	text: string;
	/** Index after the cell: of the separator, the line break or the end. */
	end: number;
	/** Line breaks inside. */
	breaks: number;
}

const BREAK = /\r\n|\r|\n/g;

/**
 * Reads the cell whose opening quote stands at `start` (RFC 4180: a doubled quote is one quote; line breaks and
 * separators are text). Quotes inside that should have been doubled are kept as text.
 *
 * A quote that was never closed would swallow the rows after it and end at one of their quotes. It is seen by what
 * it swallows: a further opening quote, or a line that is a movement of its own.
 * @param most the longest text, in UTF-16 units
 * @returns the cell; a problem; or null where the quote turns out to be a character of unquoted text (`"A" B`)
 */
export function readQuotedCell(
	text: string,
	start: number,
	separator: string,
	most: number
): Cell | RowProblemCode | null {
	let content = '';
	let breaks = 0;
	let strays = 0;
	for (let from = start + 1; ;) {
		const quote = text.indexOf('"', from);
		if (quote < 0) return strays > 0 && breaks === 0 ? null : 'quote';
		if (quote - start > most) return strays > 0 && breaks === 0 ? null : 'quote';
		const part = text.slice(from, quote);
		const found = part.match(BREAK)?.length ?? 0;
		if (found > 0 && breaks === 0 && strays > 0) return null;
		breaks += found;
		content += part;
		const next = text[quote + 1];
		const opensCell = breaks > 0 && isBoundary(text[quote - 1], separator);
		if (next === '"' && !(opensCell && isBoundary(text[quote + 2], separator))) {
			content += '"';
			from = quote + 2;
			continue;
		}
		const end = skipBlanks(text, quote + 1, separator);
		if (isBoundary(text[end], separator) && !(opensCell && next === '"')) {
			if (
				breaks > 0 &&
				content
					.split(BREAK)
					.slice(1)
					.some((line) => isMovementLine(line, separator))
			)
				return 'quote';
			return { text: content.replace(BREAK, '\n'), end, breaks };
		}
		if (opensCell) return 'quote';
		strays += 1;
		content += '"';
		from = quote + 1;
	}
}

/** Whether a character ends a cell: the separator, a line break, or the end of the text. */
export function isBoundary(character: string | undefined, separator: string): boolean {
	return character === undefined || character === separator || character === '\n' || character === '\r';
}

function skipBlanks(text: string, from: number, separator: string): number {
	let at = from;
	while (text[at] === ' ' && separator !== ' ') at += 1;
	return at;
}

function isMovementLine(line: string, separator: string): boolean {
	return looksLikeMovement(line.split(separator).map((cell) => cell.replace(/^"|"$/g, '')));
}
