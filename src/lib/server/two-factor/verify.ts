import type { Elevation, StepShown } from '../../api/two-factor.ts';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { refuse } from '../http/refusal.ts';
import { writeTo } from '../keys/write-to.ts';
import { hashRecoveryCode } from './recovery-codes.ts';
import { usePasskey } from './passkey-step.ts';
import { requireStep } from './state.ts';
import { tryCode } from './try-code.ts';

/** What the database's functions say. */
type Outcome = { outcome: 'elevated'; until: string } | { outcome: 'off' | 'used' | 'wrong' };

/**
 * Elevates the session by a code of the person's app, for 12 hours.
 * @throws Refusal what `tryCode` throws, `two-factor/used-code`.
 */
export async function verify(server: Arca, person: Person, code: string): Promise<Elevation> {
	const { step } = await tryCode(server, person, 'on', code);
	const args = { step: String(step), proof: server.prover.prove('elevate', person, String(step)) };
	return elevated((await callFunction(server.backend, person, 'elevate_session', args)) as Outcome);
}

/**
 * Elevates the session by a recovery code, which is used up, and tells the person by mail where mail is set up. Guesses are
 * not counted: there are 2^120 of them, and the owner must get past a lock that somebody else's wrong codes made.
 * @throws Refusal `two-factor/wrong-code`.
 */
export async function recover(server: Arca, person: Person, code: string): Promise<Elevation> {
	const hash = readHash(code);
	const args = { hash, proof: server.prover.prove('recover', person, hash) };
	const elevation = elevated((await callFunction(server.backend, person, 'elevate_by_recovery', args)) as Outcome);
	writeTo(server, person, (letters, to) => letters.secondStep(to, 'recovered'));
	return elevation;
}

/**
 * Turns two-step verification off by a fresh code, a passkey or a recovery code, and tells the person by mail where mail is set up.
 * @throws Refusal what `verify`, `usePasskey` and `recover` throw, `session/second-step`.
 */
export async function disable(server: Arca, person: Person, shown: StepShown): Promise<null> {
	await requireStep(server, person);
	if ('passkey' in shown) await usePasskey(server, person, shown.passkey, 'disable');
	else await disableByCode(server, person, shown);
	writeTo(server, person, (letters, to) => letters.secondStep(to, 'off'));
	return null;
}

async function disableByCode(
	server: Arca,
	person: Person,
	shown: Exclude<StepShown, { passkey: unknown }>
): Promise<void> {
	const { backend, prover } = server;
	const step = 'code' in shown ? String((await tryCode(server, person, 'on', shown.code)).step) : null;
	const hash = 'code' in shown ? null : readHash(shown.recoveryCode);
	const args = { step, hash, proof: prover.prove('disable', person, step ?? hash ?? '') };
	const { outcome } = (await callFunction(backend, person, 'disable_two_factor', args)) as Outcome;
	if (outcome !== 'off') throw refuse(outcome === 'used' ? 'two-factor/used-code' : 'two-factor/wrong-code');
}

function readHash(code: string): string {
	const hash = hashRecoveryCode(code);
	if (hash === undefined) throw refuse('two-factor/wrong-code');
	return hash;
}

function elevated(said: Outcome): Elevation {
	if (said.outcome === 'elevated') return { until: said.until };
	throw refuse(said.outcome === 'used' ? 'two-factor/used-code' : 'two-factor/wrong-code');
}
