import type { Money } from '../kinds/money.ts';

/** The formats a statement can have; kept in each record that comes from one. QFX is OFX with members of one vendor's. */
export const formats = ['csv', 'ofx', 'qif'] as const;
export type Format = (typeof formats)[number];

/** A part of a movement with a category of its own. */
export interface MovementPart {
	/** Minor units, with the sign of the movement. */
	minor: number;
	category: string;
}

/** One movement of a statement. */
export interface Movement {
	/** Physical line of the file, from 1; on which the entry begins, where it has several. */
	line: number;
	/** `YYYY-MM-DD` */
	date: string;
	/** Below zero is money out. */
	money: Money;
	payee: string;
	notes: string;
	/** The bank's own id, `''` where there is none. */
	bankId: string;
	/** What it is for, where the file says so: words, or a key of ours. */
	category?: string;
	tags?: string[];
	/** What it is made of, where the file says so; together they are the whole. */
	parts?: MovementPart[];
	/** The file says that the other side is an account of one's own: its name there. */
	transfer?: string;
	/** Another entry of the same file, by its line, that has the same id of the bank, day, amount and texts. */
	sameAs?: number;
}
