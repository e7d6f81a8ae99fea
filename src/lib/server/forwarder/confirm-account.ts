import { refuseAuth } from './auth-refusal.ts';
import { claimCookie, readClaim } from './claim-cookie.ts';
import { openAccount } from './open-account.ts';
import type { Visit } from './visit.ts';

/**
 * Makes the account of a sign-up whose mailed code is shown, with the password of that sign-up and no other, and signs
 * in. A wrong code, one without a sign-up of this browser, and one for an address that is taken are refused alike.
 */
export async function confirmAccount(visit: Visit, email: string, code: string): Promise<Response> {
	const { pending } = visit.server.gate;
	const claim = readClaim('arca-sign-up', visit);
	const password = claim === undefined ? undefined : pending.confirm(email, claim, code);
	if (password === undefined) return refuseAuth('otp_expired');
	const opened = await openAccount(visit, { email, password });
	if (opened.status === 422) return refuseAuth('otp_expired');
	if (!opened.ok) return opened;
	pending.settle(email, claim);
	opened.headers.append('set-cookie', claimCookie('arca-sign-up', '', visit));
	return opened;
}
