import type { Encoding } from './decode-text.ts';
import { decodeText } from './decode-text.ts';
import { findLayout, findSeparator } from './find-layout.ts';
import { ImportError } from './import-error.ts';
import type { Limits } from './limits.ts';
import { LIMITS } from './limits.ts';
import type { RowProblem } from './row-problem.ts';
import type { RawRow, Separator } from './split-rows.ts';
import { splitRows } from './split-rows.ts';

/** A file as rows and cells, before anything is said about what they mean. */
export interface Statement {
	encoding: Encoding;
	separator: Separator;
	preamble: RawRow[];
	header: RawRow | null;
	body: RawRow[];
	/** How many columns the table has. */
	width: number;
	/** Rows that could not be split into cells. */
	problems: RowProblem[];
}

/** What the person chose against the guess. */
export interface ReadingChoices {
	encoding?: Encoding;
	separator?: Separator;
}

/**
 * Reads a bank's CSV file into a table.
 * @param bytes the whole file
 * @throws ImportError as its codes say: too large, not text, another format, no table
 */
export function readStatement(bytes: Uint8Array, choices: ReadingChoices = {}, limits: Limits = LIMITS): Statement {
	if (bytes.length > limits.bytes) throw new ImportError('import/too-large');
	const { text, encoding } = decodeText(bytes, choices.encoding);
	if (/^\s*(?:OFXHEADER|<\?OFX|<OFX>|!Type:|!Account|:20:|<\?xml)/i.test(text))
		throw new ImportError('import/other-format');
	const separator = choices.separator ?? findSeparator(text);
	const { rows, problems } = splitRows(text, separator, limits);
	const layout = findLayout(rows);
	const width = tableWidth(layout.header, layout.body);
	if (width < 2 || layout.body.length === 0) {
		// With a separator the person chose, an unreadable table is shown to them: they may choose again.
		if (choices.separator === undefined && choices.encoding === undefined) throw new ImportError('import/no-table');
	}
	return { encoding, separator, ...layout, width, problems };
}

/** The header's cells, or the most usual number of cells where rows have more, or there is no header. */
function tableWidth(header: RawRow | null, body: readonly RawRow[]): number {
	const counts = new Map<number, number>();
	for (const { cells } of body) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
	const [usual = 0] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
	return Math.max(header?.cells.length ?? 0, usual);
}
