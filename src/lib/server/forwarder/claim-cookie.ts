import { CODE_LIFETIME } from '../mail/code-mail.ts';

const NAME = 'arca-sign-up';

/** The claim of the sign-up that this browser waits for, 43 characters; undefined where it waits for none. */
export function readClaim(cookies: string | null): string | undefined {
	return new RegExp(`(?:^|;\\s*)${NAME}=([\\w-]{43})(?:;|$)`).exec(cookies ?? '')?.[1];
}

/** The cookie that keeps a claim as long as its code holds; an empty claim lets it go. No script can read it. */
export function claimCookie(claim: string, secure: boolean): string {
	const age = claim === '' ? 0 : CODE_LIFETIME / 1000;
	return `${NAME}=${claim}; Path=/supabase/auth; Max-Age=${age}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
}
