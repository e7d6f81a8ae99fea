import type { DoorErrorCode } from './door-error.ts';

/** The fewest characters of a sign-in password, unless the server asks for more. */
export const MINIMUM_PASSWORD = 10;

/** bcrypt, which the sign-in server uses, reads no more than this. */
const MAXIMUM_PASSWORD_BYTES = 72;

type PasswordProblem = Extract<DoorErrorCode, `door/password-${string}`>;

/**
 * What is wrong with a new sign-in password. Length is what counts: no rule asks for kinds of characters.
 * @param email the account's, which the password may not be (upper and lower case alike)
 * @param minimum in characters (code points)
 * @returns a code, or null for a password that will do
 */
export function passwordProblem(password: string, email: string, minimum = MINIMUM_PASSWORD): PasswordProblem | null {
	if ([...password].length < minimum) return 'door/password-short';
	if (new TextEncoder().encode(password).length > MAXIMUM_PASSWORD_BYTES) return 'door/password-long';
	if (password.toLowerCase() === email.trim().toLowerCase()) return 'door/password-is-email';
	if (new Set(password).size < 3) return 'door/password-weak';
	return null;
}

/** Whether text has the shape of an e-mail address: something, one @, something; no white space. */
export function looksLikeEmail(text: string): boolean {
	return /^[^\s@]+@[^\s@]+$/.test(text.trim());
}
