import type { Session as AuthSession } from '@supabase/auth-js';
import * as v from 'valibot';

const schema = v.looseObject({
	access_token: v.string(),
	refresh_token: v.string(),
	/** Seconds the access token lives, as the server said. */
	expires_in: v.number(),
	/** Seconds since 1970 by this device's clock. */
	expires_at: v.number(),
	user: v.looseObject({ id: v.string(), email: v.optional(v.string()) })
});

/** Reads the text of a session. Null for anything else. */
export function readSession(text: string): AuthSession | null {
	try {
		const parsed = v.safeParse(schema, JSON.parse(text));
		return parsed.success ? (parsed.output as unknown as AuthSession) : null;
	} catch {
		return null;
	}
}

/**
 * The session with its expiry told by this device's clock: the server's own instant is wrong here by as much as the two
 * clocks differ, and a clock an hour ahead would ask for a new token at every call.
 */
export function byOwnClock(session: AuthSession, now = Date.now()): AuthSession {
	return { ...session, expires_at: Math.floor(now / 1000) + session.expires_in };
}

/** Whether the access token has less than `seconds` to live. */
export function expiresWithin(session: AuthSession, seconds: number, now = Date.now()): boolean {
	return (session.expires_at ?? 0) * 1000 - now < seconds * 1000;
}
