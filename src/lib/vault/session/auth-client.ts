import type { GoTrueClient, SupportedStorage } from '@supabase/auth-js';
import { retryAfter } from './retry-after.ts';
import { serverConfig } from './server-config.ts';

let passing = 0;

/**
 * A client of the sign-in server. The library is loaded when it is first used: a page that only shows the form, or only
 * reads a session that still holds, does without it.
 *
 * It never refreshes, looks at the address or talks to other tabs by itself: that is the session's work.
 * @param storage where the one lasting client keeps its session; without it, a passing client that keeps it to itself
 */
export async function authClient(storage?: SupportedStorage): Promise<GoTrueClient> {
	const [{ AuthClient }, config] = await Promise.all([import('@supabase/auth-js'), serverConfig()]);
	return new AuthClient({
		url: new URL(`${config.supabaseUrl.replace(/\/$/, '')}/auth/v1`, location.origin).href,
		headers: { apikey: config.publishableKey },
		...(storage ? { storage } : {}),
		persistSession: storage !== undefined,
		// With a name, the library would send the session's tokens to the other tabs.
		storageKey: storage ? '' : `passing-${passing++}`,
		autoRefreshToken: false,
		detectSessionInUrl: false,
		skipAutoInitialize: true,
		fetch: async (input, init) => {
			// Of this origin the server's note that it knows this device goes along; to another origin nothing does.
			const answer = await fetch(input, { ...init, credentials: 'same-origin', cache: 'no-store' });
			retryAfter.note(answer);
			return answer;
		}
	});
}
