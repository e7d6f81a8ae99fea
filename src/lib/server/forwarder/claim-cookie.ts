import { CODE_LIFETIME } from '../mail/code-mail.ts';
import { readCookie, writeCookie } from './door-cookie.ts';
import { SIGN_UP_LIFETIME } from './pending-sign-ups.ts';
import type { Visit } from './visit.ts';

/** What a browser holds a claim to, and for how many milliseconds: its sign-up that waits, and the code it had mailed. */
const LIFETIMES = { 'arca-sign-up': SIGN_UP_LIFETIME, 'arca-code': CODE_LIFETIME };
type Name = keyof typeof LIFETIMES;

/** A claim of this browser, 43 characters; undefined where it has none. */
export function readClaim(name: Name, { request, secure }: Pick<Visit, 'request' | 'secure'>): string | undefined {
	const claim = readCookie(name, request.headers.get('cookie'), secure);
	return claim !== undefined && /^[\w-]{43}$/.test(claim) ? claim : undefined;
}

/** The cookie that keeps a claim as long as it is good for something; an empty claim lets it go. */
export function claimCookie(name: Name, claim: string, { secure }: Pick<Visit, 'secure'>): string {
	return writeCookie(name, claim, claim === '' ? 0 : LIFETIMES[name] / 1000, secure);
}
