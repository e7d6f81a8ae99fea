// Ed25519 (RFC 8032), by the runtime where it has it and by @noble/curves where not. Implementations differ on keys and
// signatures that no honest person makes; what is refused here first makes them agree.
import { randomBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';
import { isUsableSignature } from './ed25519-encoding.ts';
import { nativeEd25519 } from './ed25519-native.ts';

/** Bytes of a public key and of a private seed, and of a signature. */
export const signKeySize = 32;
export const signatureSize = 64;

/** Signs with one private key, which it does not give out. */
export interface Signer {
	/** 32 bytes. */
	readonly publicKey: Bytes;
	/** 64 bytes. */
	sign(message: Bytes): Promise<Bytes>;
}

/** One way to compute Ed25519. */
export interface Ed25519 {
	/** Whether the group equation holds: S B = R + k A, R compared as bytes. */
	verify(publicKey: Bytes, message: Bytes, signature: Bytes): Promise<boolean>;
	/** The seed may be zero-filled when the answer is there. */
	signer(seed: Bytes): Promise<Signer>;
}

let chosen: Promise<Ed25519> | undefined;

/** The runtime's own Ed25519, or noble's. Asked once. */
export function ed25519(): Promise<Ed25519> {
	return (chosen ??= nativeEd25519().then(async (native) => native ?? (await import('./ed25519-noble.ts')).noble));
}

/** A new private key: a seed of 32 bytes. */
export function drawSignSeed(): Bytes {
	return randomBytes(signKeySize);
}

/** A signer by the private seed. */
export async function makeSigner(seed: Bytes): Promise<Signer> {
	if (seed.length !== signKeySize) throw new CryptoError('crypto/input');
	return (await ed25519()).signer(seed);
}

/**
 * Holds that the owner of a public key signed a message.
 * @throws CryptoError `crypto/signature` when it is not so: also for keys and commitments of small order, for points
 * that are not in their one encoding, and for S that is not below L (RFC 8032, section 5.1.7).
 */
export async function verifySignature(
	publicKey: Bytes,
	message: Bytes,
	signature: Bytes,
	by: Ed25519 | Promise<Ed25519> = ed25519()
): Promise<void> {
	if (!isUsableSignature(publicKey, signature)) throw new CryptoError('crypto/signature');
	if (!(await (await by).verify(publicKey, message, signature))) throw new CryptoError('crypto/signature');
}
