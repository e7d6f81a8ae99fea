import type { Encoding } from '../decode-text.ts';
import type { LeftOut } from '../read-rows.ts';
import type { RowProblem } from '../row-problem.ts';

/** An entry as a file has it, by its own names for things; how dates and amounts are written is said later. */
export interface LedgerEntry {
	line: number;
	date: string;
	amount: string;
	/** What the file says of the direction besides the sign. */
	direction: 'out' | 'in' | null;
	/** A currency of its own, `''` where it has its account's. */
	currency: string;
	payee: string;
	notes: string;
	bankId: string;
	category: string;
	tags: string[];
	parts: { category: string; notes: string; amount: string }[];
	/** Name of the account on the other side, `''` where it is no transfer. */
	transfer: string;
}

/** The balance that a file itself says an account has. */
export interface LedgerBalance {
	amount: string;
	/** At the end of this day. */
	date: string;
}

export type LedgerAccountType = 'current' | 'savings' | 'cash' | 'brokerage' | 'loan' | 'other';

/** One account of a file and what it says of it. */
export interface LedgerAccount {
	/** What tells it from others in this file and the next, without its number in it. */
	key: string;
	/** As the file calls it, `''` where it does not. */
	name: string;
	/** Number of the account, highly sensitive: it is shown masked and goes nowhere but into records. */
	number: string;
	institution: string;
	type: LedgerAccountType;
	/** ISO 4217 code, null where the file says none. */
	currency: string | null;
	balance: LedgerBalance | null;
	/** What was there before the first entry. */
	opening: LedgerBalance | null;
	entries: LedgerEntry[];
	leftOut: LeftOut[];
}

/** A file that says itself what each thing in it is, as OFX and QIF do. */
export interface Ledger {
	format: 'ofx' | 'qif';
	encoding: Encoding;
	unreadable: number[];
	accounts: LedgerAccount[];
	/** What belongs to none of the accounts. */
	leftOut: LeftOut[];
	problems: RowProblem[];
}

/** What a reader of a format makes of a text. */
export type LedgerContents = Pick<Ledger, 'accounts' | 'leftOut' | 'problems'>;

/** An account nothing is known of yet. */
export function noAccount(key: string, type: LedgerAccountType): LedgerAccount {
	const nothing = { currency: null, balance: null, opening: null, entries: [], leftOut: [] };
	return { key, name: '', number: '', institution: '', type, ...nothing };
}
