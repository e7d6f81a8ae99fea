import type { GoTrueClient, SupportedStorage } from '@supabase/auth-js';
import { retryAfter } from './retry-after.ts';

let passing = 0;

/**
 * A client of the sign-in server. The library and the schema of the server's configuration are loaded when they are first
 * used: a page that only shows the form, or only reads a session that still holds, does without them.
 *
 * It never refreshes, looks at the address or talks to other tabs by itself: that is the session's work.
 * @param storage where the one lasting client keeps its session; without it, a passing client that keeps it to itself
 * @param flow for a sign-in by way of another site
 */
export async function authClient(storage?: SupportedStorage, flow?: 'pkce'): Promise<GoTrueClient> {
	const [{ AuthClient }, config] = await Promise.all([
		import('@supabase/auth-js'),
		import('./server-config.ts').then(({ serverConfig }) => serverConfig())
	]);
	return new AuthClient({
		url: new URL(`${config.supabaseUrl.replace(/\/$/, '')}/auth/v1`, location.origin).href,
		headers: { apikey: config.publishableKey },
		...(storage ? { storage } : {}),
		persistSession: storage !== undefined,
		// With a name, the library would send the session's tokens to the other tabs.
		storageKey: flow ? 'arca-provider' : storage ? '' : `passing-${passing++}`,
		...(flow ? { flowType: flow } : {}),
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
