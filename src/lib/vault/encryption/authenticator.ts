// The authenticator of this device, by WebAuthn (level 3) and its extension PRF (10.1.4): it verifies who is there, and gives
// 32 bytes for a salt that nothing else gives.
import { fromBase64url, toBase64url } from '../../crypto/base64url.ts';
import { prfSize } from '../../crypto/biometric-slot.ts';
import { randomBytes } from '../../crypto/bytes.ts';
import type { Bytes } from '../../crypto/bytes.ts';
import { VaultError } from '../vault-error.ts';

/** By what the authenticator is asked again; both base64url, neither secret. */
export interface PrfCredential {
	credential: string;
	/** 32 bytes. */
	salt: string;
}

/** How long a person has, in milliseconds. */
const PATIENCE = 60_000;
/** Authenticator data (6.1): flags after a hash of 32 bytes; this one says that the person was verified. */
const [FLAGS_AT, VERIFIED] = [32, 0x04];
/** Ed25519, ECDSA with P-256, RSA. What is signed is not used: any one will do. */
const ALGORITHMS = [-8, -7, -257];

/** Whether this device has an authenticator of its own that verifies people. Never rejects. */
export async function hasAuthenticator(): Promise<boolean> {
	if (typeof PublicKeyCredential === 'undefined') return false;
	return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
}

/**
 * Has a credential made on this device, and what it gives. One that is of no use is not left behind where the browser can say so.
 * @param person whom the device shows it is for
 * @throws VaultError `keys/no-authenticator`, `keys/no-prf`, `keys/not-verified`
 */
export async function makePrfCredential(person: string): Promise<PrfCredential & { prf: Bytes }> {
	if (!(await hasAuthenticator())) throw new VaultError('keys/no-authenticator');
	const salt = randomBytes(prfSize);
	const made = await create(person, salt);
	const at = { credential: toBase64url(new Uint8Array(made.rawId)), salt: toBase64url(salt) };
	try {
		const { prf } = made.getClientExtensionResults();
		if (!prf?.enabled) throw new VaultError('keys/no-prf');
		const { getAuthenticatorData } = made.response as Partial<AuthenticatorAttestationResponse>;
		const data = getAuthenticatorData?.call(made.response);
		// Some give it only when they are asked for.
		const given = data && isVerified(data) ? outputOf(made) : null;
		return { ...at, prf: given ?? (await askPrf(at)) };
	} catch (error) {
		await forgetCredential(at);
		throw error;
	}
}

/**
 * What the authenticator gives for the salt once it has verified who is there: 32 bytes, zero-filled by who asks.
 * @throws VaultError `keys/not-verified`: nobody was, or the credential is gone, which browsers do not tell apart;
 * `keys/no-prf`
 */
export async function askPrf({ credential, salt }: PrfCredential, signal?: AbortSignal): Promise<Bytes> {
	const publicKey: PublicKeyCredentialRequestOptions = {
		challenge: randomBytes(32),
		allowCredentials: [{ type: 'public-key', id: fromBase64url(credential), transports: ['internal'] }],
		userVerification: 'required',
		timeout: PATIENCE,
		extensions: { prf: { eval: { first: fromBase64url(salt) } } }
	};
	const given = madeByKey(await navigator.credentials.get({ publicKey, ...(signal && { signal }) }).catch(refused));
	const { authenticatorData } = given.response as AuthenticatorAssertionResponse;
	if (!isVerified(authenticatorData)) throw new VaultError('keys/not-verified');
	const output = outputOf(given);
	if (!output) throw new VaultError('keys/no-prf');
	return output;
}

/** Tells the device that a credential is of no use any more, where the browser can. Never rejects. */
export async function forgetCredential({ credential }: Pick<PrfCredential, 'credential'>): Promise<void> {
	type Signals = { signalUnknownCredential?: (unknown: { rpId: string; credentialId: string }) => Promise<void> };
	if (typeof PublicKeyCredential === 'undefined') return;
	const to = PublicKeyCredential as Signals;
	await to.signalUnknownCredential?.({ rpId: location.hostname, credentialId: credential }).catch(() => undefined);
}

async function create(person: string, salt: Bytes): Promise<PublicKeyCredential> {
	const publicKey: PublicKeyCredentialCreationOptions = {
		rp: { name: 'Arca' },
		// Of its own: under the name of another credential of the person it would take its place.
		user: { id: randomBytes(32), name: person, displayName: person },
		challenge: randomBytes(32),
		pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
		// Some give the extension to credentials alone that they list.
		authenticatorSelection: {
			authenticatorAttachment: 'platform',
			residentKey: 'preferred',
			userVerification: 'required'
		},
		timeout: PATIENCE,
		extensions: { prf: { eval: { first: salt } } }
	};
	return madeByKey(await navigator.credentials.create({ publicKey }).catch(refused));
}

/** What was asked for with `publicKey` is of that kind, or nothing. */
function madeByKey(credential: Credential | null): PublicKeyCredential {
	if (!credential) throw new VaultError('keys/not-verified');
	return credential as PublicKeyCredential;
}

function isVerified(data: ArrayBuffer): boolean {
	return ((new Uint8Array(data)[FLAGS_AT] ?? 0) & VERIFIED) !== 0;
}

/** The memory is the browser's answer, so that it goes where these bytes are handed over. */
function outputOf(credential: PublicKeyCredential): Bytes | null {
	const first = credential.getClientExtensionResults().prf?.results?.first;
	return first instanceof ArrayBuffer && first.byteLength === prfSize ? new Uint8Array(first) : null;
}

function refused(error: unknown): never {
	const { name } = error as { name?: unknown };
	const none = ['ConstraintError', 'NotSupportedError', 'SecurityError'].includes(String(name));
	throw new VaultError(none ? 'keys/no-authenticator' : 'keys/not-verified');
}
