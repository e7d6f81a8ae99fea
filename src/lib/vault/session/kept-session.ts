import type { Session as AuthSession } from '@supabase/auth-js';

/** Reads the text of a session. Null for anything else. */
export function readSession(text: string): AuthSession | null {
	try {
		const read: unknown = JSON.parse(text);
		return isSession(read) ? read : null;
	} catch {
		return null;
	}
}

/** By hand: for this one check alone the sign-in page would load a schema library. */
function isSession(read: unknown): read is AuthSession {
	if (typeof read !== 'object' || read === null) return false;
	const { access_token, refresh_token, expires_in, expires_at, user } = read as Partial<AuthSession>;
	const tokens = typeof access_token === 'string' && typeof refresh_token === 'string';
	const times = typeof expires_in === 'number' && typeof expires_at === 'number';
	return tokens && times && typeof user?.id === 'string';
}

/**
 * The session with its expiry told by this device's clock: the server's own instant is wrong here by as much as the two
 * clocks differ, and a clock an hour ahead would ask for a new token at every call.
 */
export function byOwnClock(session: AuthSession, now = Date.now()): AuthSession {
	return { ...session, expires_at: Math.floor(now / 1000) + session.expires_in };
}

/**
 * Whether two sessions hold the same tokens. Both are compared: a token renewed within the second in which it was issued
 * is the same text as before, and its companion is not.
 */
export function sameTokens(one: AuthSession, other: AuthSession): boolean {
	return one.access_token === other.access_token && one.refresh_token === other.refresh_token;
}

/** Whether the access token has less than `seconds` to live. */
export function expiresWithin(session: AuthSession, seconds: number, now = Date.now()): boolean {
	return (session.expires_at ?? 0) * 1000 - now < seconds * 1000;
}
