import { giveSession } from './give-session.ts';
import { askBackend } from './pass-on.ts';
import type { Visit } from './visit.ts';

/**
 * Makes an account and signs in; this device is known for it from now on. Nothing but the two fields is passed on: an
 * account carries no data of its own.
 * @returns the backend's answer: the session, or its refusal.
 */
export async function openAccount(visit: Visit, form: { email: string; password: string }): Promise<Response> {
	const answer = await askBackend(visit, '/auth/v1/signup', JSON.stringify(form));
	const given = await giveSession(visit, answer);
	if (given.ok) given.headers.append('set-cookie', visit.server.gate.devices.cookie(form.email, visit.secure));
	return given;
}
