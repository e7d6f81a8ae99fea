import type { CipherSuite } from 'hpke';
import { joinBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';

/** `hpkeSeal` of hpke.ts by a suite that is at hand. Takes and throws what that does. */
export async function hpkeSealBy(suite: CipherSuite, to: Bytes, info: Bytes, plain: Bytes): Promise<Bytes> {
	try {
		const { encapsulatedSecret, ciphertext } = await suite.Seal(await suite.DeserializePublicKey(to), plain, { info });
		return joinBytes(encapsulatedSecret, ciphertext);
	} catch {
		throw new CryptoError('crypto/input');
	}
}
