import { refuseAuth } from './auth-refusal.ts';
import { noteSignIn } from './note-sign-in.ts';
import { tidy } from './pass-on.ts';
import type { Visit } from './visit.ts';

/**
 * The backend's answer that opened a session, as the browser gets it: noted, and with a refresh token that nobody guesses.
 * One that refuses is given as it is; to an account
 * that is closed none is given.
 * @throws Refusal `server/unavailable` where the session could not be noted: then nobody is given the tokens.
 */
export async function giveSession(visit: Visit, answer: Response): Promise<Response> {
	const text = await answer.text();
	if (!answer.ok) return tidy(answer, text);
	if ((await noteSignIn(visit, text)) === 'closed') return refuseAuth('user_banned');
	return tidy(answer, visit.server.gate.refreshTags.tagIn(text));
}
