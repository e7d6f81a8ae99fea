/** A statement with its parameters, as text. */
export type Statement = [text: string, parameters: (string | null)[]];

export type Row = { [column: string]: unknown };

/** The database below the backend's interfaces. */
export interface Database {
	/** Runs SQL text of several statements in one transaction: all of it or nothing. */
	script(text: string): Promise<unknown>;
	/** Runs statements in one transaction and gives the rows of the last. */
	transaction(statements: Statement[]): Promise<Row[]>;
	/**
	 * Runs something that speaks to the database by the backend's own connection, so that nothing else comes between its
	 * statements.
	 */
	exclusively<T>(work: () => Promise<T>): Promise<T>;
}
