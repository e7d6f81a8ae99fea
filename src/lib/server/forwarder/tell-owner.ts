import { setTimeout as delay } from 'node:timers/promises';
import type { NoticeKind } from './notices.ts';
import type { Visit } from './visit.ts';

/** Milliseconds after which the work begins: by then the answer is out, and its time tells nothing of it. */
const AFTER = 300;

/**
 * Tells the owner of an account, if there is one, that guessing locked it or that a new device signed in: a lock in the
 * audit trail, and either by mail where mail is set up. Nobody waits for it.
 */
export function tellOwner(visit: Visit, kind: NoticeKind, email: string): void {
	tell(visit, kind, email).catch((error: unknown) => visit.server.log.unexpected('telling an owner', error));
}

async function tell({ server, accounts, request }: Visit, kind: NoticeKind, email: string): Promise<void> {
	const at = new Date();
	const agent = request.headers.get('user-agent') ?? '';
	await delay(AFTER);
	if (kind === 'locked') await accounts.noteLock(email);
	const { letters } = accounts;
	if (!letters || email === accounts.decoy || !(await accounts.hasAccount(email))) return;
	if (!server.gate.notices.isDue(kind, email)) return;
	if (kind === 'locked') letters.locked(email, at);
	else letters.newDevice(email, agent, at);
}
