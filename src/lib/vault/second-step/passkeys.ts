// Passkeys in the browser (Web Authentication, level 3): made, and asked to sign. The library is loaded when it is needed.
import type { PasskeyOptions, ShownPasskey } from '../../api/passkeys.ts';
import type { RecoveryCodes } from '../../api/two-factor.ts';
import { VaultError } from '../vault-error.ts';
import { stepClient } from './ask-server.ts';

/**
 * Whether passkeys can be made and shown here: `no` where the browser knows none, `address` where the page stands at a bare
 * IP address, which is no domain that a passkey could be bound to (5.1.3).
 */
export function passkeysHere(): 'yes' | 'no' | 'address' {
	if (typeof PublicKeyCredential === 'undefined') return 'no';
	return /^\[|^\d+(\.\d+){3}$/.test(location.hostname) ? 'address' : 'yes';
}

/** What a passkey is to be made with; holds for five minutes. Throws ApiError, as `enrollPasskey` refuses. */
export async function beginPasskey(): Promise<PasskeyOptions> {
	return stepClient().call('enrollPasskey', { tries: 1 });
}

/**
 * Has a passkey made and adds it.
 * @param name what the person calls it, 60 letters at most
 * @returns the recovery codes, told this once; none where there were some before
 * @throws VaultError `two-factor/passkey-cancelled`, `two-factor/passkey-known`, `two-factor/passkey-unsupported`;
 * ApiError, as `addPasskey` refuses
 */
export async function makePasskey(name: string, options: PasskeyOptions): Promise<RecoveryCodes> {
	const { startRegistration } = await import('@simplewebauthn/browser');
	const optionsJSON = options as Parameters<typeof startRegistration>[0]['optionsJSON'];
	const { id, rawId, type, response } = await startRegistration({ optionsJSON }).catch((error: unknown) =>
		fail(error, 'two-factor/passkey-cancelled')
	);
	const { clientDataJSON, attestationObject, transports } = response;
	const made = { id, rawId, type, response: { clientDataJSON, attestationObject, ...(transports && { transports }) } };
	return stepClient().call('addPasskey', { body: { name, made }, tries: 1 });
}

/**
 * Has one of the person's passkeys sign what the server asks a session to show; holds for five minutes and one showing.
 * @param token of which session; that of whoever is signed in unless said
 * @throws VaultError `two-factor/passkey-none-here`: put off, or none of them is to be had on this device, which browsers do
 * not tell apart; `two-factor/passkey-unsupported`; ApiError `two-factor/no-passkey`, `access/limit`
 */
export async function signByPasskey(token?: () => Promise<string>): Promise<ShownPasskey> {
	const options = await stepClient(token).call('askPasskey', { tries: 1 });
	const { startAuthentication } = await import('@simplewebauthn/browser');
	const optionsJSON = options as Parameters<typeof startAuthentication>[0]['optionsJSON'];
	const { id, rawId, type, response } = await startAuthentication({ optionsJSON }).catch((error: unknown) =>
		fail(error, 'two-factor/passkey-none-here')
	);
	const { clientDataJSON, authenticatorData, signature } = response;
	return { id, rawId, type, response: { clientDataJSON, authenticatorData, signature } };
}

/** Names of errors by which browsers say that this cannot be done here (Web Authentication, 5.1.3 and 5.1.4). */
const unsupported = ['ConstraintError', 'NotSupportedError', 'SecurityError', 'TypeError', 'UnknownError'];

/** @param refused the code of `NotAllowedError`, in which browsers put whatever they do not want to tell apart */
function fail(error: unknown, refused: string): never {
	const name = error instanceof Error ? nameOf(error) : '';
	if (name === 'NotAllowedError') throw new VaultError(refused);
	if (name === 'AbortError') throw new VaultError('two-factor/passkey-cancelled');
	if (name === 'InvalidStateError') throw new VaultError('two-factor/passkey-known');
	if (unsupported.includes(name)) throw new VaultError('two-factor/passkey-unsupported');
	throw error;
}

/** The library wraps what the browser threw. */
const nameOf = (error: Error): string => (error.cause instanceof Error ? error.cause.name : error.name);
