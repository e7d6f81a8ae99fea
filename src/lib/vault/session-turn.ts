import type { Ending } from './session/session-user.ts';

/** What a page of the vault does when the session has changed. */
export type SessionTurn = 'stay' | 'ask' | 'leave' | 'start-over';

/** What is known when the session changes. */
export interface SessionChange {
	/** Whose vault the page holds; null: nobody's yet. */
	readonly owner: string | null;
	/** Who is signed in now. */
	readonly user: string | null;
	/** How the session came to an end without the person asking for it here; null where it did not. */
	readonly ended: Ending | null;
	/** Something typed or changed here is on no disk: neither the server's nor this device's. */
	readonly unsaved: boolean;
}

/**
 * - `stay`: it is the same person's page.
 * - `ask`: nobody is signed in, nobody asked for that, and work would be lost with the page: the person decides.
 *   A device whose session was revoked is not asked: it may not be the person who holds it.
 * - `leave`: to the sign-in page, by a full load, so that nothing stays in the page's memory.
 * - `start-over`: somebody else has signed in; nothing of the one before may stay, so the page is loaded anew.
 */
export function sessionTurn({ owner, user, ended, unsaved }: SessionChange): SessionTurn {
	if (user !== null) return owner === null || owner === user ? 'stay' : 'start-over';
	return ended === 'ended' && unsaved ? 'ask' : 'leave';
}
