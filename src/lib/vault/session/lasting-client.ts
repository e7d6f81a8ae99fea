import type { GoTrueClient, Session as AuthSession } from '@supabase/auth-js';
import { authClient } from './auth-client.ts';
import { readSession } from './kept-session.ts';

/** A client whose session is kept by somebody else. */
export function lastingClient(session: {
	read(): AuthSession | null;
	keep(session: AuthSession): Promise<void>;
	drop(): void;
}): Promise<GoTrueClient> {
	return authClient({
		getItem() {
			const kept = session.read();
			return kept ? JSON.stringify(kept) : null;
		},
		async setItem(_, text) {
			const given = readSession(text);
			if (given) await session.keep(given);
		},
		removeItem: () => session.drop()
	});
}
