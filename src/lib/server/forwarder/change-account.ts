import * as v from 'valibot';
import { askerOf } from './asker-of.ts';
import { refuseAuth } from './auth-refusal.ts';
import { claimCookie, readClaim } from './claim-cookie.ts';
import { drawClaim } from './code-claims.ts';
import { mayBeSet } from './new-password.ts';
import { askBackend, tidy } from './pass-on.ts';
import { emailSchema, passwordSchema, readForm } from './read-form.ts';
import { stepNeeded } from '../two-factor/state.ts';
import type { Visit } from './visit.ts';

const formSchema = v.object({
	email: v.optional(emailSchema),
	password: v.optional(v.string()),
	current_password: v.optional(v.pipe(v.string(), v.maxLength(1000)))
});

/**
 * Changes the e-mail or the password of the account. A token is not enough: the person must have shown a password or a
 * mailed code lately, from the same address, or show the password now; and their second step in the last five minutes, where
 * they have one. A new password ends every other session.
 */
export async function changeAccount(visit: Visit): Promise<Response> {
	const form = await readForm(visit, formSchema);
	if (!form || (form.email === undefined && form.password === undefined)) return refuseAuth('validation_failed');
	const { server, request, prefix } = visit;
	const token = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
	const person = await server.backend.identify(token);
	if (!person) return tidy(await askBackend(visit, '/auth/v1/user', '{}'));
	const step = await stepNeeded(server, person);
	if (step) return refuseAuth(step === 'second' ? 'insufficient_aal' : 'fresh_step');
	const wait = await server.meter.spend('highRisk', `account:${person.id}`);
	if (wait > 0) return refuseAuth('over_request_rate_limit', wait);
	if (!server.gate.proofs.has(person.session, prefix)) {
		if (form.current_password === undefined) return refuseAuth('current_password_required');
		if (!(await showsPassword(visit, token, form.current_password))) return refuseAuth('current_password_mismatch');
	}
	if (form.password !== undefined && !(await mayBeSet(visit, form.password, await emailOf(visit, token))))
		return refuseAuth('weak_password');
	const asker = { id: `user:${person.id}`, known: false };
	// Each is a letter to somebody who need not have asked for it.
	if (form.email !== undefined && !server.gate.tries.issue(`email_change:${form.email}`, asker))
		return refuseAuth('over_request_rate_limit', 3600);
	const { current_password: _, ...change } = form;
	const answer = await askBackend(visit, '/auth/v1/user', JSON.stringify(change));
	const text = await answer.text();
	if (answer.ok && form.password !== undefined) await endSessions(visit, 'others', token);
	const changed = tidy(answer, text);
	if (answer.ok && form.email !== undefined) {
		const claim = readClaim('arca-code', visit) ?? drawClaim();
		server.gate.claims.bind(`email_change:${form.email}`, claim);
		changed.headers.append('set-cookie', claimCookie('arca-code', claim, visit));
	}
	return changed;
}

/** Tries the password as a sign-in, under the lock that guessing meets, and ends the session this opens. */
async function showsPassword(visit: Visit, token: string, password: string): Promise<boolean> {
	const { server } = visit;
	const { backend, gate } = server;
	const headers = { apikey: backend.publishableKey, 'content-type': 'application/json' };
	const email = await emailOf(visit, token);
	// What stands after 72 bytes would not be looked at.
	if (email === '' || !v.is(passwordSchema, password)) return false;
	const who = `${email}|${askerOf(visit, email).id}`;
	if ((await gate.lockout.attempt(who)).wait > 0) return false;
	const body = JSON.stringify({ email, password });
	const opened = await backend.fetch('/auth/v1/token?grant_type=password', { method: 'POST', headers, body });
	if (!opened.ok) return false;
	await gate.lockout.succeed(who);
	const { access_token: extra } = (await opened.json()) as { access_token: string };
	await endSessions(visit, 'local', extra);
	return true;
}

/** The address of whose token this is; empty where there is none. */
async function emailOf({ server: { backend } }: Visit, token: string): Promise<string> {
	const headers = { apikey: backend.publishableKey, authorization: `Bearer ${token}` };
	const user = await backend.fetch('/auth/v1/user', { headers });
	const { email } = (await user.json()) as { email?: unknown };
	return user.ok && typeof email === 'string' ? email : '';
}

async function endSessions({ server: { backend } }: Visit, scope: 'others' | 'local', token: string): Promise<void> {
	const headers = { apikey: backend.publishableKey, authorization: `Bearer ${token}` };
	await backend.fetch(`/auth/v1/logout?scope=${scope}`, { method: 'POST', headers });
}
