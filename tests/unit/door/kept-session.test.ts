import { expect, test } from 'vitest';
import {
	byOwnClock,
	expiresWithin,
	readSession,
	sameTokens,
	signedInWithin,
	sinceSignIn
} from '../../../src/lib/vault/session/kept-session.ts';

const text = JSON.stringify({
	access_token: 'a',
	refresh_token: 'r',
	token_type: 'bearer',
	expires_in: 3600,
	expires_at: 1000,
	user: { id: 'u', email: 'ana@example.org' }
});

/** The session, which is one. */
function session() {
	const read = readSession(text);
	if (!read) throw new Error('not a session');
	return read;
}

test('a session is read as it was written, with what we do not know of', () => {
	expect(session()).toEqual(JSON.parse(text));
});

test.each(['', 'null', '[]', '"text"', '{}', text.replace('"r"', '1'), text.replace('"u"', 'null'), text.slice(1)])(
	'%s is no session',
	(wrong) => {
		expect(readSession(wrong)).toBeNull();
	}
);

test('a session ends by the clock of this device, whatever the server calls the hour', () => {
	const now = 5_000_000_000;
	const kept = byOwnClock(session(), now);
	expect(expiresWithin(kept, 60, now)).toBe(false);
	expect(expiresWithin(kept, 60, now + 3_539_000)).toBe(false);
	expect(expiresWithin(kept, 60, now + 3_541_000)).toBe(true);
});

test('a token renewed within its own second is known as renewed by its companion', () => {
	expect(sameTokens(session(), session())).toBe(true);
	expect(sameTokens(session(), { ...session(), refresh_token: 'next' })).toBe(false);
	expect(sameTokens(session(), { ...session(), access_token: 'next' })).toBe(false);
});

test('a sign-in is as old as its session, however often the token is renewed, and a new one begins anew', () => {
	const of = (id: string, nth: number) => {
		const claims = Buffer.from(JSON.stringify({ session_id: id, nth })).toString('base64url');
		return { ...session(), access_token: `e30.${claims}.signature` };
	};
	const [minute, now] = [60_000, 5_000_000_000];
	const first = sinceSignIn(of('one', 1), null, now);
	const renewed = sinceSignIn(of('one', 2), first, now + 4 * minute);
	expect(signedInWithin(renewed, 5 * minute, now + 5 * minute - 1)).toBe(true);
	expect(signedInWithin(renewed, 5 * minute, now + 5 * minute)).toBe(false);
	const again = sinceSignIn(of('two', 1), renewed, now + 6 * minute);
	expect(signedInWithin(again, 5 * minute, now + 10 * minute)).toBe(true);
	expect(signedInWithin(again, 5 * minute, now)).toBe(false);
});

test('a sign-in that nobody noted is not one of late, nor is it noted when its token is renewed', () => {
	expect(signedInWithin(session(), 60_000)).toBe(false);
	expect(signedInWithin(sinceSignIn({ ...session(), access_token: 'next' }, session()), 60_000)).toBe(false);
});
