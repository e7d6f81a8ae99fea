/** How a column's cells are written: all of them are real numbers and dates where they can be. */
export type Format = 'text' | 'date' | 'month' | 'moment' | 'number' | 'money';

/**
 * A cell's value: a text stays a text whatever it begins with; a number is a number, an amount in whole units, or a day as
 * `serialOf` counts it; null is empty.
 */
export type Cell = string | number | null;

export interface Column {
	readonly header: string;
	readonly format: Format;
	/** About how many characters wide; of texts at most. */
	readonly width: number;
	/** Texts that are wider go on below, within the cell. */
	readonly wraps?: true;
	/** Of a column of amounts: the place of the column that tells each row's currency. */
	readonly currency?: number;
}

/** A sheet before it is written. */
export interface Table {
	readonly name: string;
	readonly columns: readonly Column[];
	readonly rows: readonly (readonly Cell[])[];
	/** The places of rows that sum up others. */
	readonly sums?: readonly number[];
}

/** Characters of a cell at most. https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3 */
export const MOST_CELL_TEXT = 32_767;
