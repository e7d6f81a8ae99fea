import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { hasCode } from '../has-code.ts';
import { refuse } from '../http/refusal.ts';
import { writeTo } from './write-to.ts';

/** What the database's function says. */
type Outcome =
	{ outcome: 'none' } | { outcome: 'right'; id: string; body: string } | { outcome: 'wrong'; left: number };

/** The share as it is answered: base64url of 32 bytes. */
interface PinShare {
	share: string;
}

/**
 * Draws the share that this session is given for its PIN; the one before is destroyed.
 * @param verifier base64url of the 32 bytes that the device makes of the PIN.
 * @throws Refusal `keys/none` without user encryption.
 */
export async function putPin({ backend, systemLayer }: Arca, person: Person, verifier: string): Promise<PinShare> {
	const share = randomBytes(32);
	const id = randomUUID();
	const args = { id, hash: hashOf(verifier), body: systemLayer.sealPinShare(person.id, id, share) };
	await callFunction(backend, person, 'put_pin', args, { PT404: 'keys/none' });
	return answerOf(share);
}

/**
 * The share for the right PIN. A try is counted before it is looked at, by session: the fifth wrong one in a row destroys
 * the share, revokes the session, and its person is written to.
 * @throws Refusal `keys/no-pin`, also where the share that is kept does not open; `keys/wrong-pin` with how many tries are
 * left.
 */
export async function tryPin(server: Arca, person: Person, verifier: string): Promise<PinShare> {
	const { backend, systemLayer } = server;
	const said = (await callFunction(backend, person, 'try_pin', { hash: hashOf(verifier) })) as Outcome;
	if (said.outcome === 'none') throw refuse('keys/no-pin');
	if (said.outcome === 'wrong') {
		if (said.left === 0) writeTo(server, person, (letters, to) => letters.wrongPins(to, new Date()));
		throw refuse('keys/wrong-pin', { left: said.left });
	}
	return answerOf(openShare(() => systemLayer.openPinShare(person.id, said.id, said.body)));
}

/** Nothing comes back of a share that was damaged: the device is to do without its PIN, as if there were none. */
function openShare(open: () => Uint8Array): Uint8Array {
	try {
		return open();
	} catch (error) {
		if (!hasCode(error, 'crypto/cannot-open')) throw error;
		throw refuse('keys/no-pin');
	}
}

/** What the database keeps of a verifier: SHA-256 in hex. Nobody guesses its 256 bits, so that it needs no salt. */
function hashOf(verifier: string): string {
	return createHash('sha256').update(Buffer.from(verifier, 'base64url')).digest('hex');
}

function answerOf(share: Uint8Array): PinShare {
	const text = Buffer.from(share.buffer, share.byteOffset, share.length).toString('base64url');
	share.fill(0);
	return { share: text };
}
