import type { EnrollAnswer, RecoveryCodes } from '../../api/two-factor.ts';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { readClaims } from '../backend/verify-token.ts';
import { refuse } from '../http/refusal.ts';
import { writeTo } from '../keys/write-to.ts';
import { newRecoveryCodes } from './recovery-codes.ts';
import { readState, requireStep } from './state.ts';
import { drawSecret, writeSecret } from './totp.ts';
import { tryCode } from './try-code.ts';

/**
 * Draws a secret for the person's app. It asks for nothing yet: its first code turns two-step verification on. Asked again
 * there is another secret in its place.
 * @throws Refusal `keys/fresh-sign-in`, `two-factor/on`, `two-factor/unavailable`.
 */
export async function enroll(server: Arca, person: Person): Promise<EnrollAnswer> {
	const { backend, prover, systemLayer } = server;
	const { available, version: before } = await readState(server, person);
	if (!available) throw refuse('two-factor/unavailable');
	const secret = drawSecret();
	const version = before + 1;
	const body = systemLayer.sealTwoFactor(person.id, version, secret);
	const proof = prover.prove('enroll', person, `${version}|${body}`);
	const args = { version: String(version), body, proof };
	await callFunction(backend, person, 'enroll_two_factor', args, { PT409: 'two-factor/on' });
	const email = readClaims(person.token)?.email;
	const written = writeSecret(secret, typeof email === 'string' ? email : '');
	secret.fill(0);
	return written;
}

/**
 * Adds the app by its first code, and tells the person by mail where mail is set up. Where there was no passkey, that turns
 * two-step verification on: every other session has its second step to show.
 * @returns the recovery codes, which are told this once; none where there were some before.
 * @throws Refusal what `tryCode` throws, `two-factor/on`, `session/second-step`.
 */
export async function confirm(server: Arca, person: Person, code: string): Promise<RecoveryCodes> {
	await requireStep(server, person);
	const { version, step } = await tryCode(server, person, 'waiting', code);
	const { codes, hashes } = newRecoveryCodes();
	const proof = server.prover.prove('confirm', person, `${version}|${step}|${hashes}`);
	const args = { version: String(version), step: String(step), hashes, proof };
	const named = { PT404: 'two-factor/off', PT409: 'two-factor/on' } as const;
	const { first } = (await callFunction(server.backend, person, 'confirm_two_factor', args, named)) as {
		first: boolean;
	};
	writeTo(server, person, (letters, to) => letters.secondStep(to, first ? 'on' : 'app'));
	return { codes: first ? codes : [] };
}

/**
 * Puts ten other recovery codes in the place of those before.
 * @throws Refusal `session/fresh-step`, `two-factor/off`.
 */
export async function renewRecoveryCodes(server: Arca, person: Person): Promise<RecoveryCodes> {
	const { codes, hashes } = newRecoveryCodes();
	const proof = server.prover.prove('renew', person, hashes);
	await callFunction(server.backend, person, 'renew_recovery_codes', { hashes, proof }, { PT404: 'two-factor/off' });
	writeTo(server, person, (letters, to) => letters.secondStep(to, 'renewed'));
	return { codes };
}
