// HPKE (RFC 9180), base mode: KEM MLKEM768-X25519 (X-Wing, 0x647a), HKDF-SHA-256, AES-256-GCM, by the package `hpke` on
// the runtime's own algorithms where it has them, and on noble's where not.
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_MLKEM768_X25519 } from 'hpke';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';
import { hpkeSealBy } from './hpke-seal.ts';

/** Bytes of a public key, of a private one, and of what encapsulates a shared secret to a public key. */
export const kemPublicSize = 1216;
export const kemPrivateSize = 32;
export const encapsulationSize = 1120;

let chosen: Promise<CipherSuite> | undefined;

/** The suite on the runtime's own algorithms, or on noble's. Asked once, by trying. */
export function hpkeSuite(): Promise<CipherSuite> {
	return (chosen ??= runtimeSuite());
}

/** The suite in plain JavaScript. */
export async function nobleSuite(): Promise<CipherSuite> {
	return (await import('./noble-suite.ts')).nobleSuite();
}

async function runtimeSuite(): Promise<CipherSuite> {
	const suite = new CipherSuite(KEM_MLKEM768_X25519, KDF_HKDF_SHA256, AEAD_AES_256_GCM);
	try {
		// Opening needs more of the runtime than sealing: a pair that is drawn, sealed to and opened with has used it all.
		const { publicKey, privateKey } = await suite.GenerateKeyPair();
		const { encapsulatedSecret, ciphertext } = await suite.Seal(publicKey, new Uint8Array(1));
		await suite.Open(privateKey, encapsulatedSecret, ciphertext);
		return suite;
	} catch {
		return nobleSuite();
	}
}

/**
 * Seals bytes to the owner of a KEM key: encapsulation(1120), then ciphertext and tag. Empty aad.
 * @param to the public key, 1216 bytes.
 * @param info authenticated; says what is sealed, for whom and where.
 * @throws CryptoError `crypto/input` when the public key is none.
 */
export async function hpkeSeal(to: Bytes, info: Bytes, plain: Bytes, by = hpkeSuite()): Promise<Bytes> {
	return hpkeSealBy(await by, to, info, plain);
}

/**
 * The bytes that `hpkeSeal` sealed to the owner of this private key under this info.
 * @param key the private key, 32 bytes.
 * @throws CryptoError `crypto/cannot-open`, whatever it was that did not fit.
 */
export async function hpkeOpen(key: Bytes, info: Bytes, sealed: Bytes, by = hpkeSuite()): Promise<Bytes> {
	const suite = await by;
	try {
		const [encapsulation, ciphertext] = [sealed.slice(0, encapsulationSize), sealed.slice(encapsulationSize)];
		const privateKey = await suite.DeserializePrivateKey(key);
		return new Uint8Array(await suite.Open(privateKey, encapsulation, ciphertext, { info }));
	} catch {
		throw new CryptoError('crypto/cannot-open');
	}
}
