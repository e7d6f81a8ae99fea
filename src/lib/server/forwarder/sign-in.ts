import * as v from 'valibot';
import { refuseAuth } from './auth-refusal.ts';
import { noteSignIn } from './note-sign-in.ts';
import { askBackend, tidy } from './pass-on.ts';
import { emailSchema, readForm } from './read-form.ts';
import { spendAddress } from './spend-address.ts';
import type { Visit } from './visit.ts';

const formSchema = v.object({ email: emailSchema, password: v.pipe(v.string(), v.nonEmpty(), v.maxLength(1000)) });

/**
 * Sign-in with a password. The answer tells nobody whether there is such an account, in words or in time: where there
 * is none, the password is tried against one that nobody can know.
 */
export async function signIn(visit: Visit): Promise<Response> {
	const form = await readForm(visit, formSchema);
	if (!form) return refuseAuth('validation_failed');
	const { server, accounts, prefix, request } = visit;
	const { devices, lockout } = server.gate;
	// A device that is known is counted alone, so that nobody who shares its address can keep it out.
	const device = devices.known(form.email, request.headers.get('cookie'));
	const who = `${form.email}|${device ?? prefix}`;
	const wait = (device ? 0 : await spendAddress(visit)) || (await server.meter.spend('highRisk', `sign-in:${who}`));
	if (wait > 0) return refuseAuth('over_request_rate_limit', wait);
	const locked = lockout.attempt(who);
	if (locked > 0) return refuseAuth('over_request_rate_limit', locked);

	const email = (await accounts.hasAccount(form.email)) ? form.email : accounts.decoy;
	const answer = await askBackend(visit, '/auth/v1/token?grant_type=password', JSON.stringify({ ...form, email }));
	const text = await answer.text();
	const tidied = tidy(answer, text);
	if (!answer.ok) return tidied;
	lockout.succeed(who);
	await noteSignIn(visit, text);
	if (!device) tidied.headers.append('set-cookie', devices.cookie(form.email, visit.url.protocol === 'https:'));
	return tidied;
}
