import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { refuse } from '../http/refusal.ts';
import { writeTo } from '../keys/write-to.ts';
import { stepOf } from './totp.ts';

/** What the database's function says. */
type Attempt =
	| { outcome: 'none' }
	| { outcome: 'locked'; wait: number }
	| { outcome: 'counted'; version: number; body: string; last: boolean };

/** A code that is right, though it may have been used. */
export interface RightCode {
	/** Version of the secret that it is of. */
	version: number;
	/** Its time step. */
	step: number;
}

/**
 * Checks a code of the person's app. It is counted before it is looked at, so that many at once gain nothing.
 * @param state whose secret: the one that is on, or the one that waits for its first code.
 * @throws Refusal `two-factor/off` where there is no such secret, `access/locked`, `two-factor/wrong-code`.
 */
export async function tryCode(server: Arca, person: Person, state: 'on' | 'waiting', code: string): Promise<RightCode> {
	const { backend, prover, systemLayer } = server;
	const proof = prover.prove('begin', person, state);
	const attempt = (await callFunction(backend, person, 'begin_step', { state, proof })) as Attempt;
	if (attempt.outcome === 'none') throw refuse('two-factor/off');
	if (attempt.outcome === 'locked') throw refuse('access/locked', { headers: { 'retry-after': String(attempt.wait) } });
	const { version, body, last } = attempt;
	const secret = new Uint8Array(systemLayer.openTwoFactor(person.id, version, body));
	const step = stepOf(secret, code, Date.now());
	secret.fill(0);
	if (step !== null) return { version, step };
	if (last) writeTo(server, person, (letters, to) => letters.secondStep(to, 'locked'));
	throw refuse('two-factor/wrong-code');
}
