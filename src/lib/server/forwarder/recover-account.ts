import { randomBytes } from 'node:crypto';
import { openAccount } from './open-account.ts';
import type { Visit } from './visit.ts';

/**
 * Makes the account of somebody who signed up, forgot the password and shows a code mailed to the address since. Until
 * they set a password the account has one that nobody knows: those of the sign-ups may be a stranger's.
 * @returns undefined when the code is not such a one.
 */
export async function recoverAccount(visit: Visit, email: string, code: string): Promise<Response | undefined> {
	const { pending } = visit.server.gate;
	if (!pending.recovers(email, code)) return undefined;
	const opened = await openAccount(visit, { email, password: randomBytes(40).toString('base64url') });
	if (!opened.ok) return undefined;
	pending.settle(email);
	return opened;
}
