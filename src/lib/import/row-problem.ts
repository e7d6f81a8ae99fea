/** Why a row was not read. */
export type RowProblemCode =
	/** A quote was opened and not closed before the next row began. */
	| 'quote'
	| 'cell-too-long'
	/** More or fewer cells than the table has, so that no cell can be trusted to stand in its column. */
	| 'too-many-cells'
	| 'too-few-cells'
	| 'date-missing'
	| 'date'
	| 'amount-missing'
	| 'amount'
	/** More decimals than the currency has. */
	| 'amount-decimals'
	| 'amount-too-large'
	/** Money out and money in are both filled in. */
	| 'amount-twice'
	/** The column that says which way the money went says something unknown. */
	| 'direction'
	| 'currency'
	/** The column that says whether the movement took place says something unknown. */
	| 'state';

/** A row that was not read; the rest of the file is. */
export interface RowProblem {
	/** Physical line of the file, from 1. */
	line: number;
	code: RowProblemCode;
	/** The cell at fault as the file has it, or what there is of the row; at most 200 characters. */
	text: string;
}

/** A problem, its text cut to what a screen shows. */
export function rowProblem(line: number, code: RowProblemCode, text = ''): RowProblem {
	const bare = text.replace(/\s+/g, ' ').trim();
	return { line, code, text: bare.length > 200 ? `${bare.slice(0, 199)}…` : bare };
}
