import type { PasskeyStepOptions, ShownPasskey } from '../../api/passkeys.ts';
import type { Elevation } from '../../api/two-factor.ts';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { refuse } from '../http/refusal.ts';
import { writeTo } from '../keys/write-to.ts';
import { asDescriptors, drawChallenge, relyingParty, TIMEOUT } from './relying-party.ts';
import type { KnownPasskey } from './relying-party.ts';

/** What the database's function says. */
type Attempt =
	| { outcome: 'none' }
	| { outcome: 'locked'; wait: number }
	| { outcome: 'wrong'; last: boolean }
	| { outcome: 'counted'; challenge: string; key: string; counter: number; last: boolean };

type Done = { outcome: 'elevated'; until: string } | { outcome: 'off' };
type Outcome = Done | { outcome: 'wrong' };

/** What a passkey is shown for: the purpose of the server's word, and the database's function that takes it. */
const deeds = { passkey: 'elevate_by_passkey', disable: 'disable_by_passkey' } as const;

/**
 * What one of the person's passkeys is to sign.
 * @throws Refusal `two-factor/no-passkey` where there is none.
 */
export async function askPasskey(server: Arca, person: Person): Promise<PasskeyStepOptions> {
	const challenge = drawChallenge();
	const proof = server.prover.prove('ask-passkey', person, challenge);
	const known = (await callFunction(server.backend, person, 'ask_passkey', { challenge, proof })) as KnownPasskey[];
	if (known.length === 0) throw refuse('two-factor/no-passkey');
	const allowCredentials = asDescriptors(known);
	return {
		challenge,
		rpId: relyingParty(server).id,
		timeout: TIMEOUT,
		userVerification: 'preferred',
		allowCredentials
	};
}

/** Elevates the session by what a passkey signed, for 12 hours. @throws Refusal what `usePasskey` throws. */
export async function verifyPasskey(server: Arca, person: Person, shown: ShownPasskey): Promise<Elevation> {
	const { until } = (await usePasskey(server, person, shown, 'passkey')) as Extract<Done, Elevation>;
	return { until };
}

/**
 * Does what a passkey was shown for. The attempt is counted, and what was to be signed is taken, before the signature is
 * looked at, so that many at once gain nothing.
 * @throws Refusal `two-factor/wrong-passkey`, `access/locked`, `two-factor/no-passkey` for who has none.
 */
export async function usePasskey(
	server: Arca,
	person: Person,
	shown: ShownPasskey,
	purpose: keyof typeof deeds
): Promise<Done> {
	const { backend, prover } = server;
	const credential = shown.id;
	const tried = { credential, proof: prover.prove('try-passkey', person, credential) };
	const attempt = (await callFunction(backend, person, 'try_passkey', tried)) as Attempt;
	if (attempt.outcome === 'none') throw refuse('two-factor/no-passkey');
	if (attempt.outcome === 'locked') throw refuse('access/locked', { headers: { 'retry-after': String(attempt.wait) } });
	const counter = attempt.outcome === 'counted' ? await checkSignature(server, shown, attempt) : null;
	if (attempt.outcome === 'counted' && counter !== null) {
		const { challenge } = attempt;
		const proof = prover.prove(purpose, person, `${credential}|${challenge}|${counter}`);
		const args = { credential, challenge, counter: String(counter), proof };
		const said = (await callFunction(backend, person, deeds[purpose], args)) as Outcome;
		if (said.outcome !== 'wrong') return said;
	}
	if (attempt.last) writeTo(server, person, (letters, to) => letters.secondStep(to, 'locked'));
	throw refuse('two-factor/wrong-passkey');
}

/**
 * Checks what was signed against what was asked for. That a person is there is enough: the password said who they are, so
 * that a security key without a PIN is as good as a phone with a fingerprint.
 * @returns how often the passkey has signed by its own account, 0 where it does not count; null where it is not right.
 */
async function checkSignature(
	server: Arca,
	shown: ShownPasskey,
	{ challenge, key, counter }: { challenge: string; key: string; counter: number }
): Promise<number | null> {
	const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
	const { id, origin } = relyingParty(server);
	const said = await verifyAuthenticationResponse({
		response: { ...shown, clientExtensionResults: {} },
		expectedChallenge: challenge,
		expectedOrigin: origin,
		expectedRPID: id,
		requireUserVerification: false,
		credential: { id: shown.id, publicKey: new Uint8Array(Buffer.from(key, 'base64url')), counter }
	}).catch(() => null);
	return said?.verified ? said.authenticationInfo.newCounter : null;
}
