import type { Letters } from '../mail/letters.ts';
import { askerOf } from './asker-of.ts';
import type { Visit } from './visit.ts';

/** How many networks' first letters to an address an hour leave those of others be. */
const WELCOME = 30;

/**
 * Counts a letter about a sign-up, to somebody who need not have asked for it: for the asker and the address, for the
 * asker's network, and for everybody together.
 * @returns 0 when it may be written, otherwise the whole seconds to wait; the same whether or not there is an account.
 */
export async function countLetter(visit: Visit, email: string): Promise<number> {
	const { server, network } = visit;
	const wait =
		(await server.meter.wait('signUps', 'all')) || (await server.meter.spend('signUpNetwork', `sign-up:${network}`));
	if (wait > 0) return wait;
	const asker = askerOf(visit, email);
	// Its first letters are counted apart, so a household must not be 65,536 networks.
	const counted = asker.known ? asker : { id: network, known: false };
	if (!server.gate.tries.issue(`signup:${email}`, counted, WELCOME)) return 3600;
	return server.meter.spend('signUps', 'all');
}

/** Writes it: the code, or where the address has an account a word about that. */
export async function writeLetter({ accounts }: Visit, letters: Letters, email: string, code: string): Promise<void> {
	const taken = await accounts.hasAccount(email);
	if (email === accounts.decoy) return;
	if (taken) letters.accountExists(email);
	else letters.code(email, code);
}
