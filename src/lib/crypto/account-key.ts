// The account key opens all that a person holds. It is kept wrapped, once for each way in: a slot.
import { nonceSize, tagSize } from './aead.ts';
import { drawNonce, openAesGcm, sealAesGcm } from './aes-gcm.ts';
import { joinBytes, randomBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';
import { hkdfAesKey } from './hkdf.ts';
import { checkParameters, noParameters, parameterBytes, saltSize } from './kdf.ts';
import type { KdfParameters } from './kdf.ts';
import { labels } from './labels.ts';
import { checkToken, makeToken } from './token.ts';
import { toUtf8 } from './utf8.ts';
import { uuidBytes } from './uuid.ts';

export const accountKeySize = 32;

/** Bytes of a wrapped account key: nonce, ciphertext, tag. */
export const wrappedKeySize = nonceSize + accountKeySize + tagSize;

/** A way in that the server keeps, and what its root key was derived with. */
export interface Slot {
	name: 'password' | 'recovery';
	/** The account's user id. */
	user: string;
	/** 16 bytes. */
	salt: Bytes;
	/** Of the slot recovery: `noParameters`. */
	parameters: KdfParameters;
}

/** A new account key: 32 random bytes. */
export function drawAccountKey(): Bytes {
	return randomBytes(accountKeySize);
}

/**
 * Wraps the account key for a slot.
 * @param root the slot's root key; zero-filled by who asks.
 * @param nonce drawn here; only the published vectors give their own.
 * @returns the token (32 bytes) and the wrapped key (60 bytes).
 * @throws CryptoError `crypto/kdf-parameters` on parameters that the slot may not have.
 */
export async function wrapAccountKey(
	slot: Slot,
	root: Bytes,
	accountKey: Bytes,
	nonce = drawNonce()
): Promise<{ token: Bytes; wrapped: Bytes }> {
	checkSlot(slot);
	const token = await makeToken(root, slot.salt, slot.parameters);
	const aad = accountKeyAad(slot.name, slot.user, parameterBytes(slot.parameters, slot.salt), token);
	const key = await hkdfAesKey(root, labels.wrap);
	return { token, wrapped: joinBytes(nonce, await sealAesGcm(key, nonce, aad, accountKey)) };
}

/**
 * The account key of a slot. The token is compared before anything is decrypted.
 * @param root the slot's root key; zero-filled by who asks.
 * @throws CryptoError `crypto/kdf-parameters` on parameters that the slot may not have, and `crypto/cannot-open` on
 * everything else: a wrong password and tampering are one error.
 */
export async function unwrapAccountKey(
	slot: Slot,
	root: Bytes,
	token: Bytes,
	wrapped: Bytes,
	commitment = checkToken
): Promise<Bytes> {
	checkSlot(slot);
	await commitment(root, slot.salt, slot.parameters, token);
	const aad = accountKeyAad(slot.name, slot.user, parameterBytes(slot.parameters, slot.salt), token);
	return unwrapKey(await hkdfAesKey(root, labels.wrap), aad, wrapped);
}

/** "arca/1 account-key" 0 slot 0 user id(16) P(28) token(32): what is authenticated with a wrapped account key. */
export function accountKeyAad(
	slot: Slot['name'] | 'device' | 'biometric' | 'pin',
	user: string,
	parameters: Bytes,
	token: Bytes
): Bytes {
	return joinBytes(toUtf8(`${labels.accountKey}\0${slot}\0`), uuidBytes(user), parameters, token);
}

/**
 * The account key of nonce, ciphertext and tag.
 * @throws CryptoError `crypto/cannot-open`.
 */
export async function unwrapKey(key: CryptoKey, aad: Bytes, wrapped: Bytes): Promise<Bytes> {
	if (wrapped.length !== wrappedKeySize) throw new CryptoError('crypto/cannot-open');
	return openAesGcm(key, wrapped.subarray(0, nonceSize), aad, wrapped.subarray(nonceSize));
}

function checkSlot({ name, salt, parameters }: Slot): void {
	if (name === 'password') return checkParameters(parameters, salt);
	const { m, t, p } = noParameters;
	const none = parameters.m === m && parameters.t === t && parameters.p === p;
	if (!none || salt.length !== saltSize) throw new CryptoError('crypto/kdf-parameters');
}
