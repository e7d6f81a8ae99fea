import { readCookie, writeCookie } from './door-cookie.ts';
import { SIGN_UP_LIFETIME } from './pending-sign-ups.ts';
import type { Visit } from './visit.ts';

const NAME = 'arca-sign-up';

/** The claim of the sign-up that this browser waits for, 43 characters; undefined where it waits for none. */
export function readClaim({ request, secure }: Pick<Visit, 'request' | 'secure'>): string | undefined {
	const claim = readCookie(NAME, request.headers.get('cookie'), secure);
	return claim !== undefined && /^[\w-]{43}$/.test(claim) ? claim : undefined;
}

/** The cookie that keeps a claim as long as its sign-up waits; an empty claim lets it go. */
export function claimCookie(claim: string, { secure }: Pick<Visit, 'secure'>): string {
	return writeCookie(NAME, claim, claim === '' ? 0 : SIGN_UP_LIFETIME / 1000, secure);
}
