import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Person } from './backend.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Whose access token this is, by the signature of the embedded backend (RFC 7519, HS256).
 * @param now seconds since 1970.
 * @returns null when it is malformed, signed otherwise, expired, or not a signed-in person's.
 */
export function verifyToken(token: string, secret: string, now: number = Date.now() / 1000): Person | null {
	const [header, payload, signature, more] = token.split('.');
	if (!header || !payload || !signature || more !== undefined) return null;
	if (readJson(header)?.alg !== 'HS256') return null;
	const expected = createHmac('sha256', secret).update(`${header}.${payload}`).digest();
	const given = Buffer.from(signature, 'base64url');
	if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
	const claims = readJson(payload);
	return claims ? personOf(claims, token, now) : null;
}

/**
 * Whose token this says it is, for a signature that somebody else checks.
 * @param now seconds since 1970.
 * @returns null when it cannot be anybody's: malformed, expired, or not a signed-in person's.
 */
export function readPerson(token: string, now: number = Date.now() / 1000): Person | null {
	const claims = /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token) ? readClaims(token) : null;
	return claims ? personOf(claims, token, now) : null;
}

function personOf(claims: { [name: string]: unknown }, token: string, now: number): Person | null {
	const { sub, session_id: session, role, exp } = claims;
	if (typeof exp !== 'number' || exp <= now || role !== 'authenticated') return null;
	if (typeof sub !== 'string' || typeof session !== 'string') return null;
	return UUID.test(sub) && UUID.test(session) ? { id: sub, session, token } : null;
}

/** The claims of a token whose signature somebody else checks. */
export function readClaims(token: string): { [name: string]: unknown } | null {
	return readJson(token.split('.')[1] ?? '');
}

function readJson(part: string): { [name: string]: unknown } | null {
	try {
		const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
		return typeof value === 'object' && value !== null ? (value as { [name: string]: unknown }) : null;
	} catch {
		return null;
	}
}
