// The slot "biometric": the account key as one device keeps it, under what its authenticator gives (the PRF extension of
// WebAuthn, level 3, 10.1.4) once it has verified who is there. Nothing on the disk opens it.
import { unwrapKey } from './account-key.ts';
import { drawNonce, sealAesGcm } from './aes-gcm.ts';
import { joinBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';
import { bareSlotAad } from './device-slot.ts';
import { hkdfAesKey } from './hkdf.ts';
import { labels } from './labels.ts';

/** Bytes of what an authenticator gives for one salt. */
export const prfSize = 32;

/**
 * Wraps the account key: nonce(12), AES-256-GCM(HKDF(PRF output, "arca/1 biometric wrap")), 60 bytes. Parameters and token
 * are zeros, as in the slot "device".
 * @param prf 32 bytes; zero-filled by who asks.
 * @param nonce drawn here.
 * @throws CryptoError `crypto/input` for another size, and for zeros alone: an authenticator that gives those gives them to
 * everybody.
 */
export async function wrapForBiometric(
	prf: Bytes,
	user: string,
	accountKey: Bytes,
	nonce = drawNonce()
): Promise<Bytes> {
	return joinBytes(nonce, await sealAesGcm(await keyOf(prf), nonce, bareSlotAad('biometric', user), accountKey));
}

/**
 * The account key that `wrapForBiometric` wrapped with this PRF output for this user.
 * @param prf 32 bytes; zero-filled by who asks.
 * @throws CryptoError `crypto/input` as there; `crypto/cannot-open`, whatever it was that did not fit.
 */
export async function unwrapForBiometric(prf: Bytes, user: string, wrapped: Bytes): Promise<Bytes> {
	return unwrapKey(await keyOf(prf), bareSlotAad('biometric', user), wrapped);
}

async function keyOf(prf: Bytes): Promise<CryptoKey> {
	if (prf.length !== prfSize || prf.every((byte) => byte === 0)) throw new CryptoError('crypto/input');
	return hkdfAesKey(prf, labels.biometricWrap);
}
