import { readClaims } from '../backend/verify-token.ts';
import type { Visit } from './visit.ts';

/**
 * Notes a session that was just opened: where it came from, for the person's list of sessions, and that the person has
 * shown who they are.
 * @param text the backend's answer, which holds the new tokens.
 */
export async function noteSignIn({ server, accounts, request, address, prefix }: Visit, text: string): Promise<void> {
	const { access_token: token } = JSON.parse(text) as { access_token?: unknown };
	if (typeof token !== 'string') return;
	const session = readClaims(token)?.session_id;
	if (typeof session !== 'string') return;
	server.gate.proofs.note(session, prefix);
	try {
		await accounts.noteSession(session, { userAgent: request.headers.get('user-agent') ?? '', address });
	} catch (error) {
		// The session stands whether or not it was noted from where.
		server.log.unexpected('noting a session', error);
	}
}
