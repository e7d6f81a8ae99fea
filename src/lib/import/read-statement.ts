import type { DecodedText, Encoding } from './decode-text.ts';
import { decodeText } from './decode-text.ts';
import type { Layout } from './find-layout.ts';
import { findLayout, findSeparator } from './find-layout.ts';
import { ImportError } from './import-error.ts';
import { ledgerFormatOf } from './ledger/open-ledger.ts';
import type { Limits } from './limits.ts';
import { LIMITS } from './limits.ts';
import { looksLikeMovement } from './looks-like.ts';
import type { RowProblem } from './row-problem.ts';
import type { RawRow, Separator } from './split-rows.ts';
import { splitRows } from './split-rows.ts';

/** A file as rows and cells, before anything is said about what they mean. */
export interface Statement {
	encoding: Encoding;
	/** Physical lines with characters that could not be read. */
	unreadable: number[];
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
	return readTable(decodeText(bytes, choices.encoding), choices, limits);
}

/** The same of a text that was decoded already. */
export function readTable(decoded: DecodedText, choices: ReadingChoices = {}, limits: Limits = LIMITS): Statement {
	const { text, encoding, unreadable } = decoded;
	if (ledgerFormatOf(text) !== null || /^\s*(?::20:|<\?xml)/i.test(text)) throw new ImportError('import/other-format');
	const separator = choices.separator ?? findSeparator(text);
	const { rows, problems } = splitRows(text, separator, limits);
	const layout = findLayout(rows);
	const width = tableWidth(layout.header, layout.body);
	// With a separator or encoding of the person's own choice even nonsense is shown: they may choose again.
	const isGuess = choices.separator === undefined && choices.encoding === undefined;
	if (isGuess && !isTable(layout, width)) throw new ImportError('import/no-table');
	return { encoding, unreadable, separator, ...layout, width, problems };
}

/** Whether there is a header that names its columns with rows below, or a row that is a movement. */
function isTable({ header, body }: Layout, width: number): boolean {
	return width >= 2 && body.length > 0 && (header !== null || body.some(({ cells }) => looksLikeMovement(cells)));
}

/** The header's cells, or the most usual number of cells where rows have more, or there is no header. */
function tableWidth(header: RawRow | null, body: readonly RawRow[]): number {
	const counts = new Map<number, number>();
	for (const { cells } of body) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
	const [usual = 0] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
	return Math.max(header?.cells.length ?? 0, usual);
}
