import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { askerOf } from './asker-of.ts';
import { refuseAuth } from './auth-refusal.ts';
import { claimCookie } from './claim-cookie.ts';
import { giveSession } from './give-session.ts';
import { askBackend, tidy } from './pass-on.ts';
import { emailSchema, passwordSchema, readForm } from './read-form.ts';
import { spendAddress } from './spend-address.ts';
import { tellOwner } from './tell-owner.ts';
import type { Visit } from './visit.ts';

const formSchema = v.object({ email: emailSchema, password: v.pipe(v.string(), v.nonEmpty(), v.maxLength(1000)) });

/**
 * Sign-in with a password. The answer tells nobody whether there is such an account, in words or in time: where there
 * is none, the password is tried against one that nobody can know. Whoever shows the password of a sign-up that waits for
 * its code is told so, and may show the code from here; such a sign-up may stand beside somebody's account.
 */
export async function signIn(visit: Visit): Promise<Response> {
	const form = await readForm(visit, formSchema);
	if (!form) return refuseAuth('validation_failed');
	const { server, accounts } = visit;
	const { devices, lockout } = server.gate;
	// A device that is known is counted alone, so that nobody who shares its address can keep it out.
	const { id, known } = askerOf(visit, form.email);
	const who = `${form.email}|${id}`;
	const wait = (known ? 0 : await spendAddress(visit)) || (await server.meter.spend('highRisk', `sign-in:${who}`));
	if (wait > 0) return refuseAuth('over_request_rate_limit', wait);
	const attempt = await lockout.attempt(who);
	if (attempt.wait > 0) return refuseAuth('over_request_rate_limit', attempt.wait);

	const email = (await accounts.hasAccount(form.email)) ? form.email : accounts.decoy;
	// One that is longer than what is looked at (72 bytes) is wrong, in the same time as any other.
	const password = v.is(passwordSchema, form.password) ? form.password : randomBytes(40).toString('base64url');
	const body = JSON.stringify({ email, password });
	const answer = await askBackend(visit, '/auth/v1/token?grant_type=password', body);
	if (!answer.ok) {
		if (attempt.last) tellOwner(visit, 'locked', form.email);
		return (await notConfirmed(visit, form)) ?? tidy(answer);
	}
	await lockout.succeed(who);
	const given = await giveSession(visit, answer);
	if (!given.ok) return given;
	if (!known) tellOwner(visit, 'new-device', form.email);
	if (!known) given.headers.append('set-cookie', devices.cookie(form.email, visit.secure));
	return given;
}

/** The failed attempt stays counted: a sign-up of their own must not clear the lock for whoever guesses. */
async function notConfirmed(visit: Visit, form: { email: string; password: string }): Promise<Response | undefined> {
	if (!visit.accounts.letters) return undefined;
	const claim = await visit.server.gate.pending.reclaim(form.email, form.password);
	if (claim === undefined) return undefined;
	const refusal = refuseAuth('email_not_confirmed');
	refusal.headers.append('set-cookie', claimCookie('arca-sign-up', claim, visit));
	return refusal;
}
