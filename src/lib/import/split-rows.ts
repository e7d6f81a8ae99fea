import { ImportError } from './import-error.ts';
import type { Limits } from './limits.ts';
import { LIMITS } from './limits.ts';
import type { Cell } from './quoted-cell.ts';
import { isBoundary, readQuotedCell } from './quoted-cell.ts';
import type { RowProblem, RowProblemCode } from './row-problem.ts';
import { rowProblem } from './row-problem.ts';

/** The separators banks use. */
export const separators = [',', ';', '\t', '|'] as const;
export type Separator = (typeof separators)[number];

export interface RawRow {
	/** Physical line on which the row begins, from 1. */
	line: number;
	cells: string[];
}

export interface SplitText {
	/** Rows in the file's order; empty lines are not among them. */
	rows: RawRow[];
	/** Rows that could not be split, by line. */
	problems: RowProblem[];
}

/**
 * Splits text into rows and cells, keeping physical line numbers: RFC 4180 with any of the separators, every kind
 * of line break, also mixed, and line breaks inside quotes.
 *
 * Written here, though packages exist: after a quote that was never closed they lose the rest of the file, while
 * this one reports the line and goes on with the next (tests compare it with csv-parse wherever both can read).
 * @throws ImportError `import/too-many-rows`
 */
export function splitRows(text: string, separator: Separator, limits: Limits = LIMITS): SplitText {
	const split: SplitText = { rows: [], problems: [] };
	let at = 0;
	let line = 1;
	while (at < text.length) {
		const row = readRow(text, at, separator, limits);
		if (typeof row === 'string') {
			const next = afterBreak(text, endOfLine(text, at));
			split.problems.push(rowProblem(line, row, text.slice(at, Math.min(next, at + 1000))));
			at = next;
			line += 1;
		} else {
			if (row.cells.length > 1 || row.cells[0]?.trim() !== '') split.rows.push({ line, cells: row.cells });
			at = row.end;
			line += row.breaks + 1;
		}
		if (split.rows.length + split.problems.length > limits.rows) throw new ImportError('import/too-many-rows');
	}
	return split;
}

/** A row's cells and the index after its line break, or why it cannot be split. */
function readRow(text: string, start: number, separator: string, limits: Limits) {
	const cells: string[] = [];
	let breaks = 0;
	for (let at = start; ; at += 1) {
		const cell = readCell(text, at, separator, limits.cell);
		if (typeof cell === 'string') return cell;
		if (cell.text.length > limits.cell) return 'cell-too-long' satisfies RowProblemCode;
		if (cells.push(cell.text) > limits.cells) return 'too-many-cells' satisfies RowProblemCode;
		breaks += cell.breaks;
		at = cell.end;
		if (text[at] !== separator) return { cells, end: afterBreak(text, at), breaks };
	}
}

function readCell(text: string, start: number, separator: string, most: number): Cell | RowProblemCode {
	let open = start;
	while (text[open] === ' ') open += 1;
	const quoted = text[open] === '"' ? readQuotedCell(text, open, separator, most) : null;
	if (quoted !== null) return quoted;
	let end = start;
	while (!isBoundary(text[end], separator)) end += 1;
	return { text: text.slice(start, end), end, breaks: 0 };
}

function endOfLine(text: string, from: number): number {
	let at = from;
	while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at += 1;
	return at;
}

function afterBreak(text: string, at: number): number {
	return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1;
}
