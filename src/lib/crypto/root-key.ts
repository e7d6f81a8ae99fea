import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';
import { hkdf } from './hkdf.ts';
import { checkParameters, saltSize } from './kdf.ts';
import type { Argon2, KdfParameters } from './kdf.ts';
import { labels } from './labels.ts';
import { recoveryCodeSize } from './recovery-code.ts';
import { toUtf8 } from './utf8.ts';

/**
 * A password as Argon2 takes it: NFKC, UTF-8, not trimmed. One keyboard writes ä as one character and another as two;
 * both are the same password (Unicode Standard Annex 15).
 * @throws CryptoError `crypto/input` on a lone surrogate.
 */
export function passwordBytes(password: string): Bytes {
	return toUtf8(password.normalize('NFKC'));
}

/**
 * The root key of the slot "password": Argon2id, 32 bytes. Who asks zero-fills password and root key after use.
 * @param password what `passwordBytes` gives.
 * @param seen the highest parameters this device has seen for the account.
 * @throws CryptoError `crypto/kdf-parameters` before anything is derived. What Argon2 rejects with goes through.
 */
export async function rootKey(
	argon2: Argon2,
	password: Bytes,
	salt: Bytes,
	parameters: KdfParameters,
	seen?: KdfParameters,
	check = checkParameters
): Promise<Bytes> {
	check(parameters, salt, seen);
	return argon2(password, salt, parameters);
}

/**
 * The root key of the slot "recovery": HKDF(code, "arca/1 recovery", salt), 32 bytes. A code is random, so nothing has to
 * slow down its guessing.
 * @param code the 20 bytes of a recovery code.
 * @throws CryptoError `crypto/kdf-parameters` when the salt is not 16 bytes, `crypto/input` on a code of another length.
 */
export async function recoveryRoot(code: Bytes, salt: Bytes): Promise<Bytes> {
	if (salt.length !== saltSize) throw new CryptoError('crypto/kdf-parameters');
	if (code.length !== recoveryCodeSize) throw new CryptoError('crypto/input');
	return hkdf(code, labels.recovery, salt);
}
