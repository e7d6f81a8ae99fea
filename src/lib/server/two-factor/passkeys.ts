import type { NewPasskey, PasskeyOptions } from '../../api/passkeys.ts';
import type { RecoveryCodes } from '../../api/two-factor.ts';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { callFunction } from '../backend/call-function.ts';
import { readClaims } from '../backend/verify-token.ts';
import { refuse } from '../http/refusal.ts';
import { writeTo } from '../keys/write-to.ts';
import { newRecoveryCodes } from './recovery-codes.ts';
import { ALGORITHMS, asDescriptors, drawChallenge, relyingParty, TIMEOUT } from './relying-party.ts';
import type { KnownPasskey } from './relying-party.ts';
import { readState } from './state.ts';

/** The most that a person may have, as the database has it. */
const MOST = 10;

/**
 * What the person's browser is to make a passkey with. It asks for nothing yet.
 * @throws Refusal `keys/fresh-sign-in`, `session/fresh-step`, `two-factor/passkeys-full`, `two-factor/unavailable`.
 */
export async function enrollPasskey(server: Arca, person: Person): Promise<PasskeyOptions> {
	const { available, passkeys } = await readState(server, person);
	if (!available) throw refuse('two-factor/unavailable');
	if (passkeys >= MOST) throw refuse('two-factor/passkeys-full');
	const challenge = drawChallenge();
	const proof = server.prover.prove('enroll-passkey', person, challenge);
	const known = (await callFunction(server.backend, person, 'enroll_passkey', { challenge, proof })) as KnownPasskey[];
	const email = readClaims(person.token)?.email;
	const name = typeof email === 'string' ? email : 'Arca';
	const { generateRegistrationOptions } = await import('@simplewebauthn/server');
	const made = await generateRegistrationOptions({
		rpName: 'Arca',
		rpID: relyingParty(server).id,
		userName: name,
		userDisplayName: name,
		userID: new Uint8Array(Buffer.from(person.id.replaceAll('-', ''), 'hex')),
		challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
		supportedAlgorithmIDs: ALGORITHMS
	});
	return {
		challenge: made.challenge,
		rp: { id: relyingParty(server).id, name: made.rp.name },
		user: made.user,
		pubKeyCredParams: made.pubKeyCredParams,
		timeout: TIMEOUT,
		// Whose make it is matters to nobody, and would tell who the person is.
		attestation: 'none',
		authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
		excludeCredentials: asDescriptors(known)
	};
}

/**
 * Adds the passkey that the person's browser made, and tells them by mail where mail is set up. Where it is the first step,
 * two-step verification is on from now: every other session has its second step to show.
 * @returns the recovery codes, which are told this once; none where there were some before.
 * @throws Refusal `two-factor/wrong-passkey`, `two-factor/passkey-known`, `two-factor/passkeys-full`, `keys/fresh-sign-in`,
 * `session/fresh-step`.
 */
export async function addPasskey(server: Arca, person: Person, { name, made }: NewPasskey): Promise<RecoveryCodes> {
	const { backend, prover } = server;
	const taken = { credential: made.id, proof: prover.prove('take-passkey', person, made.id) };
	const challenge = (await callFunction(backend, person, 'take_enrollment', taken)) as string | null;
	if (challenge === null) throw refuse('two-factor/wrong-passkey');
	const key = await readNewKey(server, made, challenge);
	const { codes, hashes } = newRecoveryCodes();
	const transports = (made.response.transports ?? []).join(',');
	const said = { credential: made.id, public_key: key.publicKey, counter: String(key.counter), transports, challenge };
	const proof = prover.prove('add-passkey', person, [...Object.values(said), hashes].join('|'));
	const named = {
		PT404: 'two-factor/wrong-passkey',
		PT409: 'two-factor/passkeys-full',
		'23505': 'two-factor/passkey-known'
	} as const;
	const added = await callFunction(backend, person, 'add_passkey', { name, ...said, hashes, proof }, named);
	const { first } = added as { first: boolean };
	writeTo(server, person, (letters, to) => letters.secondStep(to, first ? 'on' : 'passkey'));
	return { codes: first ? codes : [] };
}

/** The public key of a new passkey (base64url) and how often it signed. A person who is there is enough: the password says who. */
async function readNewKey(
	server: Arca,
	made: NewPasskey['made'],
	challenge: string
): Promise<{ publicKey: string; counter: number }> {
	const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
	const { id, origin } = relyingParty(server);
	const { clientDataJSON, attestationObject } = made.response;
	const verified = await verifyRegistrationResponse({
		response: { ...made, response: { clientDataJSON, attestationObject }, clientExtensionResults: {} },
		expectedChallenge: challenge,
		expectedOrigin: origin,
		expectedRPID: id,
		requireUserVerification: false,
		supportedAlgorithmIDs: ALGORITHMS
	}).catch(() => ({ verified: false as const, registrationInfo: undefined }));
	if (!verified.verified || verified.registrationInfo.credential.id !== made.id)
		throw refuse('two-factor/wrong-passkey');
	const { publicKey, counter } = verified.registrationInfo.credential;
	return { publicKey: Buffer.from(publicKey).toString('base64url'), counter };
}

/** Gives a passkey another name. @throws Refusal `two-factor/no-passkey`. */
export async function renamePasskey(server: Arca, person: Person, id: string, name: string): Promise<null> {
	await callFunction(
		server.backend,
		person,
		'rename_passkey',
		{ passkey: id, name },
		{ PT404: 'two-factor/no-passkey' }
	);
	return null;
}

/**
 * Removes a passkey, and tells the person by mail where mail is set up. Without it and without an app, two-step verification
 * is off.
 * @throws Refusal `two-factor/no-passkey`, `session/fresh-step`.
 */
export async function removePasskey(server: Arca, person: Person, id: string): Promise<null> {
	const removed = await callFunction(
		server.backend,
		person,
		'remove_passkey',
		{ passkey: id },
		{ PT404: 'two-factor/no-passkey' }
	);
	const { outcome } = removed as { outcome: 'off' | 'removed' };
	writeTo(server, person, (letters, to) => letters.secondStep(to, outcome === 'off' ? 'off' : 'passkey-removed'));
	return null;
}
