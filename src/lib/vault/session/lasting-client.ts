import type { GoTrueClient, Session as AuthSession } from '@supabase/auth-js';
import { authClient } from './auth-client.ts';
import { readSession } from './kept-session.ts';

/** What the library keeps the session under: it has no name, so that no other tab is told of it. */
const SESSION = '';

/** A client whose session is kept by somebody else. */
export function lastingClient(session: {
	read(): AuthSession | null;
	keep(session: AuthSession): Promise<void>;
	drop(): void;
}): Promise<GoTrueClient> {
	return authClient({
		getItem(name) {
			const kept = name === SESSION ? session.read() : null;
			return kept ? JSON.stringify(kept) : null;
		},
		async setItem(name, text) {
			const given = name === SESSION ? readSession(text) : null;
			if (given) await session.keep(given);
		},
		// After each refusal the library clears what it may have kept beside the session: that is not the session.
		removeItem(name) {
			if (name === SESSION) session.drop();
		}
	});
}
