import { randomBytes } from 'node:crypto';
import { refuseAuth } from './auth-refusal.ts';
import { claimCookie, readClaim } from './claim-cookie.ts';
import { isSecure, openAccount } from './open-account.ts';
import type { Visit } from './visit.ts';

/**
 * Makes the account of a sign-up whose mailed code is shown, with the password of that sign-up and no other, and signs
 * in. A wrong code, one without a sign-up of this browser, and one for an address that is taken are refused alike.
 */
export async function confirmAccount(visit: Visit, email: string, code: string): Promise<Response> {
	const { pending } = visit.server.gate;
	const claim = readClaim(visit.request.headers.get('cookie'));
	const password = claim === undefined ? undefined : pending.confirm(email, claim, code);
	if (password === undefined) return refuseAuth('otp_expired');
	const opened = await openConfirmed(visit, email, password);
	if (opened.status === 422) return refuseAuth('otp_expired');
	if (opened.ok) opened.headers.append('set-cookie', claimCookie('', isSecure(visit)));
	return opened;
}

/**
 * Makes the account of somebody who signed up, forgot the password and shows a code mailed to the address since. Until
 * they set a password the account has one that nobody knows: those of the sign-ups may be a stranger's.
 * @returns undefined when the code is not such a one.
 */
export async function recoverAccount(visit: Visit, email: string, code: string): Promise<Response | undefined> {
	if (!visit.server.gate.pending.recovers(email, code)) return undefined;
	const opened = await openConfirmed(visit, email, randomBytes(40).toString('base64url'));
	return opened.ok ? opened : undefined;
}

async function openConfirmed(visit: Visit, email: string, password: string): Promise<Response> {
	const opened = await openAccount(visit, { email, password });
	if (opened.ok) visit.server.gate.pending.drop(email);
	return opened;
}
