import * as v from 'valibot';
import { refuseAuth } from './auth-refusal.ts';
import { noteSignIn } from './note-sign-in.ts';
import { askBackend, tidy } from './pass-on.ts';
import { emailSchema, passwordSchema, readForm } from './read-form.ts';
import type { Visit } from './visit.ts';

const formSchema = v.object({ email: emailSchema, password: v.string() });

/** Makes an account and signs in. Nothing but the two fields is passed on: an account carries no data of its own. */
export async function signUp(visit: Visit): Promise<Response> {
	const form = await readForm(visit, formSchema);
	if (!form) return refuseAuth('validation_failed');
	if (!v.is(passwordSchema, form.password)) return refuseAuth('weak_password');
	const wait = await visit.server.meter.spend('highRisk', `sign-up:${visit.prefix}`);
	if (wait > 0) return refuseAuth('over_request_rate_limit', wait);
	const answer = await askBackend(visit, '/auth/v1/signup', JSON.stringify(form));
	const text = await answer.text();
	const tidied = tidy(answer, text);
	if (!answer.ok) return tidied;
	await noteSignIn(visit, text);
	tidied.headers.append('set-cookie', visit.server.gate.devices.cookie(form.email, visit.url.protocol === 'https:'));
	return tidied;
}
