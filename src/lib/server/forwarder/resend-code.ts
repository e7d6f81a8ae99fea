import * as v from 'valibot';
import { refuseAuth } from './auth-refusal.ts';
import { claimCookie, readClaim } from './claim-cookie.ts';
import { emailSchema, readForm } from './read-form.ts';
import { countLetter, writeLetter } from './sign-up-letter.ts';
import { spendAddress } from './spend-address.ts';
import type { Visit } from './visit.ts';

/**
 * Mails another code for the sign-up that this browser waits for; the former one is worth nothing any more. Where it
 * waits for none (its hour is over, or the server began anew) the answer says so: that tells nobody of anybody else.
 */
export async function resendCode(visit: Visit): Promise<Response> {
	const { letters } = visit.accounts;
	if (!letters) return refuseAuth('not_found');
	const form = await readForm(visit, v.object({ email: emailSchema, type: v.literal('signup') }));
	if (!form) return refuseAuth('validation_failed');
	const { email } = form;
	const { server, prefix } = visit;
	const wait = (await spendAddress(visit)) || (await server.meter.spend('highRisk', `resend:${email}|${prefix}`));
	if (wait > 0) return refuseAuth('over_request_rate_limit', wait);
	const claim = readClaim('arca-sign-up', visit);
	if (claim === undefined || !server.gate.pending.holds(email, claim)) return refuseAuth('flow_state_expired');
	const later = await countLetter(visit, email);
	if (later > 0) return refuseAuth('over_request_rate_limit', later);
	const code = server.gate.pending.renew(email, claim);
	if (code === undefined) return refuseAuth('flow_state_expired');
	await writeLetter(visit, letters, email, code);
	const headers = { 'cache-control': 'no-store', 'set-cookie': claimCookie('arca-sign-up', claim, visit) };
	return Response.json({}, { headers });
}
