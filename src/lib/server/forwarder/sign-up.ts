import * as v from 'valibot';
import { refuseAuth } from './auth-refusal.ts';
import { mayBeSet } from './new-password.ts';
import { openAccount } from './open-account.ts';
import { emailSchema, readForm } from './read-form.ts';
import { requestAccount } from './request-account.ts';
import { spendAddress } from './spend-address.ts';
import type { Visit } from './visit.ts';

const formSchema = v.object({ email: emailSchema, password: v.string() });

/**
 * Makes an account: at once where no mail is set up, and then the answer tells of an address that is taken; otherwise
 * once a mailed code was shown.
 */
export async function signUp(visit: Visit): Promise<Response> {
	const form = await readForm(visit, formSchema);
	if (!form) return refuseAuth('validation_failed');
	const wait = (await spendAddress(visit)) || (await visit.server.meter.spend('highRisk', `sign-up:${visit.prefix}`));
	if (wait > 0) return refuseAuth('over_request_rate_limit', wait);
	// Said before anything is asked about the address, and in the same words whatever it is.
	if (!(await mayBeSet(visit, form.password, form.email))) return refuseAuth('weak_password');
	const { letters } = visit.accounts;
	return letters ? requestAccount(visit, letters, form) : openAccount(visit, form);
}
