// The slot "device": the account key as one device keeps it, under a key that the browser does not give out.
import { accountKeyAad, unwrapKey } from './account-key.ts';
import { drawNonce, sealAesGcm } from './aes-gcm.ts';
import { joinBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { hkdfAesKey } from './hkdf.ts';
import type { KeyMaterial } from './hkdf.ts';
import { noParameters, parameterBytes, saltSize } from './kdf.ts';
import { labels } from './labels.ts';
import { tokenSize } from './token.ts';

/**
 * Wraps the account key for this device: nonce(12), AES-256-GCM(HKDF(device key, "arca/1 device wrap")), 60 bytes.
 * Parameters and token are zeros: there is no password to commit to.
 * @param nonce drawn here.
 */
export async function wrapForDevice(
	deviceKey: KeyMaterial,
	user: string,
	accountKey: Bytes,
	nonce = drawNonce()
): Promise<Bytes> {
	const key = await hkdfAesKey(deviceKey, labels.deviceWrap);
	return joinBytes(nonce, await sealAesGcm(key, nonce, bareSlotAad('device', user), accountKey));
}

/**
 * The account key that `wrapForDevice` wrapped with this device key for this user.
 * @throws CryptoError `crypto/cannot-open`, whatever it was that did not fit.
 */
export async function unwrapForDevice(deviceKey: KeyMaterial, user: string, wrapped: Bytes): Promise<Bytes> {
	return unwrapKey(await hkdfAesKey(deviceKey, labels.deviceWrap), bareSlotAad('device', user), wrapped);
}

/** What is authenticated with the account key in a slot that nothing is derived for: parameters and token are zeros. */
export function bareSlotAad(slot: 'device' | 'biometric', user: string): Bytes {
	const zeros = parameterBytes(noParameters, new Uint8Array(saltSize));
	return accountKeyAad(slot, user, zeros, new Uint8Array(tokenSize));
}
