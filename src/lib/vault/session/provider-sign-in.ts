import type { Session as AuthSession, SupportedStorage } from '@supabase/auth-js';
import { asDoorError, orThrow } from './as-door-error.ts';
import { authClient } from './auth-client.ts';
import { DoorError } from './door-error.ts';
import type { Provider } from './provider.ts';

const NEXT = 'arca-provider-next';

/**
 * Keeps, in this tab alone, the secret by which a code is exchanged (PKCE, RFC 7636): a code that another site put into
 * the address was made for another secret, or there is none here. Whatever else the library keeps stays in memory: no
 * token is written down.
 */
function tabStorage(): SupportedStorage {
	const memory = new Map<string, string>();
	const isSecret = (key: string) => key.endsWith('-code-verifier');
	return {
		getItem: (key) => (isSecret(key) ? sessionStorage.getItem(key) : (memory.get(key) ?? null)),
		setItem: (key, value) => void (isSecret(key) ? sessionStorage.setItem(key, value) : memory.set(key, value)),
		removeItem: (key) => void (isSecret(key) ? sessionStorage.removeItem(key) : memory.delete(key))
	};
}

/**
 * Begins a sign-in with a provider.
 * @param next where the person goes after it: a path of this site
 * @returns the address to leave this page for
 * @throws DoorError
 */
export async function beginProviderSignIn(provider: Provider, next: string | null): Promise<string> {
	const client = await authClient(tabStorage(), 'pkce');
	const redirectTo = new URL('/sign-in', location.origin).href;
	const { data } = orThrow(
		await client.signInWithOAuth({ provider, options: { redirectTo, skipBrowserRedirect: true } })
	);
	if (!data.url) throw new DoorError('door/provider');
	sessionStorage.setItem(NEXT, next ?? '');
	return data.url;
}

/** Where the person wanted to go when they left for the provider; null where nobody said. Asked once. */
export function takeNext(): string | null {
	const next = sessionStorage.getItem(NEXT);
	sessionStorage.removeItem(NEXT);
	return next || null;
}

/**
 * Ends a sign-in with a provider, back on this site.
 * @param code as it stands in the address
 * @throws DoorError `door/provider` for one that was not made for the sign-in that this tab began
 */
export async function endProviderSignIn(code: string): Promise<AuthSession> {
	const client = await authClient(tabStorage(), 'pkce');
	const { data, error } = await client.exchangeCodeForSession(code);
	if (!error) return data.session;
	const problem = asDoorError(error);
	throw ['door/offline', 'door/too-many'].includes(problem.code) ? problem : new DoorError('door/provider');
}
