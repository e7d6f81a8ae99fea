/** What a file may have. A statement of ten years of a busy account stays far below. */
export interface Limits {
	/** Bytes of the file. */
	readonly bytes: number;
	/** Rows, broken ones included. */
	readonly rows: number;
	/** Cells of a row. */
	readonly cells: number;
	/** UTF-16 units of a cell. */
	readonly cell: number;
}

export const LIMITS: Limits = { bytes: 20 * 1024 * 1024, rows: 100_000, cells: 200, cell: 10_000 };
