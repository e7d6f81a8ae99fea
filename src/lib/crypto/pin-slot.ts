// The slot "pin": the account key as one device keeps it, under a PIN and a share that the server gives out for it. Six
// digits are soon guessed, whatever it costs to try one: without the share, which is 32 random bytes, none can be tried.
import { accountKeyAad, unwrapKey } from './account-key.ts';
import { drawNonce, sealAesGcm } from './aes-gcm.ts';
import { joinBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { hkdf, hkdfAesKey } from './hkdf.ts';
import { defaultParameters, parameterBytes } from './kdf.ts';
import type { Argon2 } from './kdf.ts';
import { labels } from './labels.ts';
import { rootKey } from './root-key.ts';
import { tokenSize } from './token.ts';

/** Whose slot it is, and the salt that stays on the device (16 bytes). */
export interface PinSlot {
	user: string;
	salt: Bytes;
}

/** What opens it: the stretched PIN, and the server's share; 32 bytes each, zero-filled by who asks. */
export interface PinHalves {
	stretched: Bytes;
	share: Bytes;
}

/**
 * Argon2id of a PIN with the parameters of a new password, 32 bytes. Who asks zero-fills PIN and result.
 * @param pin what `passwordBytes` gives.
 * @throws CryptoError `crypto/kdf-parameters` when the salt is not 16 bytes. What Argon2 rejects with goes through.
 */
export function stretchPin(argon2: Argon2, pin: Bytes, salt: Bytes): Promise<Bytes> {
	return rootKey(argon2, pin, salt, defaultParameters);
}

/** What the server gives the share out for: HKDF(stretched PIN, "arca/1 pin verifier"), 32 bytes. */
export function pinVerifier(stretched: Bytes): Promise<Bytes> {
	return hkdf(stretched, labels.pinVerifier);
}

/**
 * Wraps the account key: nonce(12), AES-256-GCM(HKDF(stretched PIN, share, "arca/1 pin wrap")), 60 bytes.
 * @param nonce drawn here.
 */
export async function wrapForPin(
	slot: PinSlot,
	halves: PinHalves,
	accountKey: Bytes,
	nonce = drawNonce()
): Promise<Bytes> {
	return joinBytes(nonce, await sealAesGcm(await keyOf(halves), nonce, aadOf(slot), accountKey));
}

/**
 * The account key that `wrapForPin` wrapped for this slot with this PIN and share.
 * @throws CryptoError `crypto/cannot-open`, whatever it was that did not fit.
 */
export async function unwrapForPin(slot: PinSlot, halves: PinHalves, wrapped: Bytes): Promise<Bytes> {
	return unwrapKey(await keyOf(halves), aadOf(slot), wrapped);
}

async function keyOf({ stretched, share }: PinHalves): Promise<CryptoKey> {
	const both = joinBytes(stretched, share);
	try {
		return await hkdfAesKey(both, labels.pinWrap);
	} finally {
		both.fill(0);
	}
}

/** There is no token: nothing is tried here but what the server's share was given for. */
function aadOf({ user, salt }: PinSlot): Bytes {
	return accountKeyAad('pin', user, parameterBytes(defaultParameters, salt), new Uint8Array(tokenSize));
}
