import { equalBytes, joinBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';
import { hkdf } from './hkdf.ts';
import { parameterBytes } from './kdf.ts';
import type { KdfParameters } from './kdf.ts';
import { labels } from './labels.ts';
import { toUtf8 } from './utf8.ts';

export const tokenSize = 32;

/**
 * The commitment to a root key and its parameters, 32 bytes: HKDF(root, "arca/1 token" 0 P). It is kept beside the
 * wrapped key, because one AES-GCM ciphertext can be made to open under many keys (Len, Grubbs, Ristenpart, "Partitioning
 * Oracle Attacks", USENIX Security 2021).
 */
export async function makeToken(root: Bytes, salt: Bytes, parameters: KdfParameters): Promise<Bytes> {
	return hkdf(root, joinBytes(toUtf8(`${labels.token}\0`), parameterBytes(parameters, salt)));
}

/**
 * Holds that a token is the one of this root key and these parameters, in constant time. To be asked before anything is
 * decrypted.
 * @throws CryptoError `crypto/cannot-open`: a wrong password and tampering are one error.
 */
export async function checkToken(root: Bytes, salt: Bytes, parameters: KdfParameters, token: Bytes): Promise<void> {
	if (!equalBytes(await makeToken(root, salt, parameters), token)) throw new CryptoError('crypto/cannot-open');
}
