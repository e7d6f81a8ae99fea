import { joinBytes, randomBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';
import { sha256 } from './digest.ts';
import { drawSignSeed, makeSigner, signKeySize } from './ed25519.ts';
import { kemPrivateSize, kemPublicSize } from './hpke.ts';
import { labels } from './labels.ts';
import { toUtf8 } from './utf8.ts';

/** What a person is known by: whom one seals keys to, and whose signatures one accepts. */
export interface PublicIdentity {
	/** X-Wing public key, 1216 bytes. */
	kem: Bytes;
	/** Ed25519 public key, 32 bytes. */
	sign: Bytes;
}

/** The seeds behind an identity. They stay in the key worker. */
export interface PrivateIdentity {
	/** X-Wing decapsulation key, 32 bytes. */
	kem: Bytes;
	/** Ed25519 private key, 32 bytes. */
	sign: Bytes;
}

/** Bytes of an identity written in a row, kem before sign. */
export const identitySize = kemPublicSize + signKeySize;

/** A new identity. */
export function drawIdentity(): PrivateIdentity {
	return { kem: randomBytes(kemPrivateSize), sign: drawSignSeed() };
}

/**
 * The public half of an identity, computed anew from its seeds.
 * @throws CryptoError `crypto/input` on seeds of another length.
 */
export async function publicIdentity({ kem, sign }: PrivateIdentity): Promise<PublicIdentity> {
	return { kem: await kemPublicKey(kem), sign: (await makeSigner(sign)).publicKey };
}

/**
 * The X-Wing public key, 1216 bytes, of a decapsulation key.
 * @param kem 32 bytes.
 * @throws CryptoError `crypto/input` on another length.
 */
export async function kemPublicKey(kem: Bytes): Promise<Bytes> {
	if (kem.length !== kemPrivateSize) throw new CryptoError('crypto/input');
	const { XWing } = await import('@noble/post-quantum/hybrid.js');
	return new Uint8Array(XWing.getPublicKey(kem));
}

/**
 * SHA-256("arca/1 identity" 0 kem sign): what rosters, pins and grants name an identity by.
 * @throws CryptoError `crypto/input` on keys of another length.
 */
export async function identityHash(identity: PublicIdentity): Promise<Bytes> {
	return sha256(joinBytes(toUtf8(`${labels.identity}\0`), identityBytes(identity)));
}

/**
 * kem(1216) sign(32).
 * @throws CryptoError `crypto/input` on keys of another length.
 */
export function identityBytes({ kem, sign }: PublicIdentity): Bytes {
	if (kem.length !== kemPublicSize || sign.length !== signKeySize) throw new CryptoError('crypto/input');
	return joinBytes(kem, sign);
}
