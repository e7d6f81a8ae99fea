import type { Session as AuthSession } from '@supabase/auth-js';

/** A session as this device keeps it. */
export interface KeptSession extends AuthSession {
	/** When it began, with a sign-in on this device: milliseconds of this device's clock. */
	signed_in_at?: number;
}

/** Reads the text of a session. Null for anything else. */
export function readSession(text: string): KeptSession | null {
	try {
		const read: unknown = JSON.parse(text);
		return isSession(read) ? read : null;
	} catch {
		return null;
	}
}

/** By hand: for this one check alone the sign-in page would load a schema library. */
function isSession(read: unknown): read is KeptSession {
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
export function byOwnClock<Kept extends AuthSession>(session: Kept, now = Date.now()): Kept {
	return { ...session, expires_at: Math.floor(now / 1000) + session.expires_in };
}

/**
 * The session with when it began: at a sign-in, which gives it an id of its own, and not where a token of it is renewed.
 * @param before what was kept until now
 */
export function sinceSignIn(session: AuthSession, before: KeptSession | null, now = Date.now()): KeptSession {
	const goesOn = before !== null && sessionId(session) === sessionId(before);
	if (!goesOn) return { ...session, signed_in_at: now };
	return before.signed_in_at === undefined ? session : { ...session, signed_in_at: before.signed_in_at };
}

/** Whether its sign-in was less than so many milliseconds ago. Where nobody knows, or the clock was set back, it was not. */
export function signedInWithin({ signed_in_at: at }: KeptSession, milliseconds: number, now = Date.now()): boolean {
	return at !== undefined && at <= now && now - at < milliseconds;
}

/** The token's own name of the session, which stays while tokens are renewed; null where it has none. */
export function sessionId({ access_token: token }: Pick<AuthSession, 'access_token'>): string | null {
	try {
		const claims = token.split('.')[1] ?? '';
		const read: unknown = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/')));
		const id = (read as { session_id?: unknown }).session_id;
		return typeof id === 'string' ? id : null;
	} catch {
		return null;
	}
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
