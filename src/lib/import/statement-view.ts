import type { Encoding } from './decode-text.ts';
import { bareCell } from './looks-like.ts';
import { shapeOf } from './mapping-memory.ts';
import type { Statement } from './read-statement.ts';
import type { Separator } from './split-rows.ts';

/** What a screen needs of a statement to have a person say what its columns are. */
export interface StatementView {
	format: 'csv';
	encoding: Encoding;
	/** Physical lines with characters that could not be read. */
	unreadable: number[];
	separator: Separator;
	/** What the mapping is remembered under. */
	shape: string;
	/** Rows above the table. */
	preamble: number;
	columns: ColumnView[];
}

export interface ColumnView {
	/** As the header says, `''` where it says nothing. */
	name: string;
	/** The first cell that is not empty. */
	example: string;
}

/** The view of a statement. */
export function viewOf(statement: Statement): StatementView {
	const { encoding, unreadable, separator, header, body, preamble, width } = statement;
	const columns = Array.from({ length: width }, (_, index) => ({
		name: bareCell(header?.cells[index] ?? ''),
		example: body.map(({ cells }) => bareCell(cells[index] ?? '')).find((cell) => cell !== '') ?? ''
	}));
	return {
		format: 'csv',
		encoding,
		unreadable,
		separator,
		shape: shapeOf(statement),
		preamble: preamble.length,
		columns
	};
}
