import type { SessionEnd } from '../../api/sessions.ts';
import { DoorError } from './door-error.ts';

/**
 * Asks the server what became of a session whose tokens hold no more.
 * @param session its id; null where the token told none
 * @returns null where nobody ended it, or nobody knows
 * @throws DoorError `door/offline` where the server cannot be asked now
 */
export async function howEnded(session: string | null): Promise<SessionEnd | null> {
	if (session === null) return null;
	const headers = { 'content-type': 'application/json' };
	const asked = { method: 'POST', headers, body: JSON.stringify({ session }), credentials: 'omit' } as const;
	const answer = await fetch('/api/sessions/ended', asked).catch(() => null);
	if (!answer || answer.status === 429 || answer.status >= 500) throw new DoorError('door/offline');
	const { how } = (answer.ok ? await answer.json().catch(() => ({})) : {}) as { how?: unknown };
	return how === 'revoked' || how === 'expired' ? how : null;
}
