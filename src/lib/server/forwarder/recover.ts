import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { askerOf } from './asker-of.ts';
import { refuseAuth } from './auth-refusal.ts';
import { claimCookie, readClaim } from './claim-cookie.ts';
import { drawClaim } from './code-claims.ts';
import { askBackend } from './pass-on.ts';
import { emailSchema, readForm } from './read-form.ts';
import { spendAddress } from './spend-address.ts';
import type { Visit } from './visit.ts';

/** When the answer goes out, in milliseconds after the request, whatever has been done by then. */
const ANSWERS_AFTER = 400;

/**
 * Has a code sent for a new password, which this browser alone may show. The answer is the same and takes the same time whether or not there is such an
 * account: it does not wait for the work.
 */
export async function recover(visit: Visit): Promise<Response> {
	const form = await readForm(visit, v.object({ email: emailSchema }));
	if (!form) return refuseAuth('validation_failed');
	const { server, accounts } = visit;
	const asker = askerOf(visit, form.email);
	const wait =
		(asker.known ? 0 : await spendAddress(visit)) ||
		(await server.meter.spend('highRisk', `recover:${form.email}|${asker.id}`));
	if (wait > 0) return refuseAuth('over_request_rate_limit', wait);
	const claim = readClaim('arca-code', visit) ?? drawClaim();
	if (form.email !== accounts.decoy && server.gate.tries.issue(`recovery:${form.email}`, asker)) {
		server.gate.claims.bind(`recovery:${form.email}`, claim);
		sendCode(visit, form).catch((error: unknown) => server.log.unexpected('recover', error));
	}
	await delay(ANSWERS_AFTER);
	const headers = { 'cache-control': 'no-store', 'set-cookie': claimCookie('arca-code', claim, visit) };
	return Response.json({}, { headers });
}

/** Somebody whose sign-up waits may have forgotten its password already: that code confirms the address as well. */
async function sendCode(visit: Visit, form: { email: string }): Promise<void> {
	const { server, accounts } = visit;
	const { letters } = accounts;
	if (letters && !(await accounts.hasAccount(form.email))) {
		const code = server.gate.pending.recover(form.email);
		if (code !== undefined) letters.code(form.email, code);
		return;
	}
	const answer = await askBackend(visit, '/auth/v1/recover', JSON.stringify(form));
	if (!answer.ok) server.log.warn('a code could not be sent', { status: answer.status });
}
