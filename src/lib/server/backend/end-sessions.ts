import type { Statement } from './database.ts';

/** What the operator wants: the sessions of one account, or for null of everybody, ended; its account closed or opened too. */
export interface EndWish {
	readonly email: string | null;
	readonly account?: 'close' | 'open';
}

/** Ends sessions, closes or opens an account; its row tells how many sessions ended (`ended`), null where there is no such account. */
export function endSessionsStatement({ email, account }: EndWish): Statement {
	const deed = account === undefined ? 'end_sessions' : (`${account}_account` as const);
	return [`select app_private.${deed}($1::text) as ended`, [email]];
}

/** What the row says. */
export function endedIn(row: object | undefined): number | null {
	const { ended } = (row ?? {}) as { ended?: unknown };
	return ended === null || ended === undefined ? null : Number(ended);
}
