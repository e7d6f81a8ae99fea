import * as v from 'valibot';
import { refuseAuth } from './auth-refusal.ts';
import { askerOf } from './asker-of.ts';
import { readClaim } from './claim-cookie.ts';
import { confirmAccount } from './confirm-account.ts';
import { giveSession } from './give-session.ts';
import { askBackend } from './pass-on.ts';
import { emailSchema, readForm } from './read-form.ts';
import { recoverAccount } from './recover-account.ts';
import { spendAddress } from './spend-address.ts';
import type { Visit } from './visit.ts';

/** Only what a person types: the hashes in mailed links would let the tries go uncounted. */
const formSchema = v.object({
	email: emailSchema,
	token: v.pipe(v.string(), v.regex(/^\d{6}$/)),
	type: v.picklist(['recovery', 'email_change', 'signup'])
});

/**
 * Signs in with a mailed code. From another browser than the one that asked for it, or after five tries, it is worth
 * nothing, and the answer does not say so.
 */
export async function verifyCode(visit: Visit): Promise<Response> {
	const form = await readForm(visit, formSchema);
	const { server, accounts } = visit;
	const known = form?.type !== 'signup' || accounts.letters !== undefined;
	if (!form || !known) return refuseAuth('validation_failed');
	const asker = askerOf(visit, form.email);
	const wait =
		(asker.known ? 0 : await spendAddress(visit)) ||
		(await server.meter.spend('highRisk', `verify:${form.email}|${asker.id}`));
	if (wait > 0) return refuseAuth('over_request_rate_limit', wait);
	if (form.type === 'signup') return confirmAccount(visit, form.email, form.token);
	const account = `${form.type}:${form.email}`;
	const isHere = server.gate.claims.holds(account, readClaim('arca-code', visit));
	const counted = server.gate.tries.attempt(account, asker) && isHere;
	if (counted && form.type === 'recovery' && !(await accounts.hasAccount(form.email))) {
		const opened = await recoverAccount(visit, form.email, form.token);
		if (opened) return opened;
	}
	// The backend is asked in any case: a code that is worth nothing is refused in its words and its time.
	const tried = counted ? form : { ...form, token: 'spent' };
	return giveSession(visit, await askBackend(visit, '/auth/v1/verify', JSON.stringify(tried)));
}
