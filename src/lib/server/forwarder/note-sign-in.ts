import { readClaims } from '../backend/verify-token.ts';
import { refuse } from '../http/refusal.ts';
import type { Visit } from './visit.ts';

/**
 * Notes a session that was just opened: from where, in the audit trail, and that the person has shown who they are.
 * @param text the backend's answer, which holds the new tokens.
 * @returns `closed` where the account is: then the session has ended already.
 * @throws Refusal `server/unavailable` where it could not be noted: then nobody is given the tokens.
 */
export async function noteSignIn(
	{ server, accounts, request, address, prefix }: Visit,
	text: string
): Promise<'noted' | 'closed'> {
	const { access_token: token } = JSON.parse(text) as { access_token?: unknown };
	if (typeof token !== 'string') return 'noted';
	const session = readClaims(token)?.session_id;
	if (typeof session !== 'string') return 'noted';
	try {
		const noted = await accounts.noteSession(session, { userAgent: request.headers.get('user-agent') ?? '', address });
		if (noted === 'noted') server.gate.proofs.note(session, prefix);
		return noted;
	} catch (error) {
		server.log.unexpected('noting a session', error);
		throw refuse('server/unavailable', { headers: { 'retry-after': '2' } });
	}
}
