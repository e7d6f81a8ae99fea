import * as v from 'valibot';
import { PASSWORD_LENGTH } from '../settings.ts';
import { refuseAuth } from './auth-refusal.ts';
import { openAccount } from './open-account.ts';
import { emailSchema, passwordSchema, readForm } from './read-form.ts';
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
	if (!v.is(passwordSchema, form.password)) return refuseAuth('weak_password');
	// Said before anything is asked about the address, and in the same words whatever it is.
	if (form.password.length < PASSWORD_LENGTH) return refuseAuth('weak_password');
	const wait = (await spendAddress(visit)) || (await visit.server.meter.spend('highRisk', `sign-up:${visit.prefix}`));
	if (wait > 0) return refuseAuth('over_request_rate_limit', wait);
	const { letters } = visit.accounts;
	return letters ? requestAccount(visit, letters, form) : openAccount(visit, form);
}
