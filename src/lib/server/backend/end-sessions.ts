import type { Statement } from './database.ts';

/** Ends every session of an account, or for null of everybody; its row tells how many (`ended`). For the operator alone. */
export const endSessionsStatement = (email: string | null): Statement => [
	'select app_private.end_sessions($1::text) as ended',
	[email]
];
