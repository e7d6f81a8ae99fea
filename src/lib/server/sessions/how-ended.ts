import type { SessionEnd } from '../../api/sessions.ts';
import type { Backend } from '../backend/backend.ts';

/**
 * What became of a session, asked without any token: whose has run out has none to show.
 * @param session its id, which only its own device and its person know.
 * @returns null where it stands, signed itself out, is not known, or nobody can tell now.
 */
export async function howEnded(backend: Backend, session: string): Promise<SessionEnd | null> {
	const headers = { apikey: backend.publishableKey, 'content-type': 'application/json' };
	const body = JSON.stringify({ session });
	const asked = await backend.fetch('/rest/v1/rpc/how_session_ended', { method: 'POST', headers, body });
	const how: unknown = asked.ok ? await asked.json() : null;
	return how === 'revoked' || how === 'expired' ? how : null;
}
