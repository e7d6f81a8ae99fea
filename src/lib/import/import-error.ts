/** Why a file cannot be read at all. A broken row is no error: it is a `RowProblem`. */
export type ImportErrorCode =
	| 'import/empty'
	| 'import/too-large'
	| 'import/too-many-rows'
	| 'import/workbook'
	| 'import/pdf'
	| 'import/other-format'
	| 'import/not-text'
	| 'import/no-table'
	| 'import/no-statement';

/** A file that cannot be imported; `code` is stable, the person's sentence lives with the screen. */
export class ImportError extends Error {
	readonly code: ImportErrorCode;

	constructor(code: ImportErrorCode) {
		super(code);
		this.name = 'ImportError';
		this.code = code;
	}
}
