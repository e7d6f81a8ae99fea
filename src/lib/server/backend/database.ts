/** A statement with its parameters, as text. */
export type Statement = [text: string, parameters: (string | null)[]];

export type Row = { [column: string]: unknown };

/** Asks one statement of a transaction that is open; gives its rows. */
export type Ask = (text: string, parameters?: Statement[1]) => Promise<Row[]>;

/** The database below the backend's interfaces. */
export interface Database {
	/** Runs SQL text of several statements in one transaction: all of it or nothing. */
	script(text: string): Promise<unknown>;
	/**
	 * Runs statements in one transaction and gives the rows of each. On PostgreSQL the next one is taken while the database
	 * works on the one before.
	 */
	transaction(statements: Iterable<Statement>): Promise<Row[][]>;
	/**
	 * Runs work of many steps in one transaction. Reading, it sees one moment of the database and changes nothing; writing,
	 * all of it holds or nothing. On PGlite everything else waits meanwhile.
	 */
	within<T>(mode: 'reading' | 'writing', work: (ask: Ask) => Promise<T>): Promise<T>;
	/**
	 * Runs something that speaks to the database by the backend's own connection, so that nothing else comes between its
	 * statements.
	 */
	exclusively<T>(work: () => Promise<T>): Promise<T>;
}
