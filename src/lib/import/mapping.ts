import type { DateOrder } from './read-date.ts';
import type { DecimalMark } from './read-amount.ts';

/** Where in a table each thing stands: indexes of columns from 0, null where there is none. */
export interface Columns {
	date: number | null;
	/** One column for both directions … */
	amount: number | null;
	/** … and the column that says the direction, where the amount has no sign. */
	sign: number | null;
	/** Or a column for each direction. */
	debit: number | null;
	credit: number | null;
	/** A charge that is not part of the amount. */
	fee: number | null;
	payee: number | null;
	/** Who paid, where the file names payer and payee in two columns. */
	payer: number | null;
	/** Joined in the table's order. */
	notes: number[];
	balance: number | null;
	currency: number | null;
	/** The bank's own id of a movement. */
	bankId: number | null;
	/** Whether the movement took place. */
	state: number | null;
}

/** How a table is read. Plain data: it is remembered for the next statement of the same bank. */
export interface Mapping {
	columns: Columns;
	dateOrder: DateOrder;
	decimal: DecimalMark;
	/** ISO 4217 code of amounts that do not say their own. */
	currency: string;
	/** What an amount without a sign is: money in (as on accounts) or money out (as on some cards). */
	unsigned: 'in' | 'out';
	/** Money out is written with a minus: in the debit column, or beside a word that says that it is money out. */
	debitsNegative: boolean;
	/** The fee column writes a charge with a minus. */
	feesNegative: boolean;
}

/** What a file leaves open and the person must say before anything is imported. */
export type Question = 'columns' | 'date-order' | 'decimal' | 'direction';

export const noColumns: Columns = {
	date: null,
	amount: null,
	sign: null,
	debit: null,
	credit: null,
	fee: null,
	payee: null,
	payer: null,
	notes: [],
	balance: null,
	currency: null,
	bankId: null,
	state: null
};

/** Whether the columns say a date and an amount for each row. */
export function isComplete(columns: Columns): boolean {
	return columns.date !== null && (columns.amount !== null || columns.debit !== null || columns.credit !== null);
}
