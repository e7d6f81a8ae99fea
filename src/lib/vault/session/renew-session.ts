import type { GoTrueClient, Session as AuthSession } from '@supabase/auth-js';
import { asDoorError, endsSession } from './as-door-error.ts';
import { DoorError } from './door-error.ts';
import { expiresWithin, sameTokens } from './kept-session.ts';

/** Seconds before its end at which the library renews a session by itself. */
const LIBRARY_MARGIN = 90;

/**
 * Renews the client's session.
 * @returns null where the server no longer knows it
 * @throws DoorError `door/too-many`; `door/offline` for whatever else kept it from being renewed
 */
export async function renewSession(client: GoTrueClient, kept: AuthSession): Promise<AuthSession | null> {
	// What ends within its margin the library renews by itself; told to renew that, it would do so twice.
	const answer = expiresWithin(kept, LIBRARY_MARGIN) ? await client.getSession() : await client.refreshSession();
	const renewed = answer.data.session;
	if (renewed && !sameTokens(renewed, kept)) return renewed;
	if (!answer.error || endsSession(answer.error)) return null;
	const problem = asDoorError(answer.error);
	throw problem.code === 'door/too-many' ? problem : new DoorError('door/offline');
}
