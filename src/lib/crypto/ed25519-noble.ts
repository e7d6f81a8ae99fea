import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { equalBytes, joinBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import type { Ed25519 } from './ed25519.ts';

const { Point } = ed25519;

/** The public key of a private seed. */
export function publicKeyOf(seed: Bytes): Bytes {
	return new Uint8Array(ed25519.getPublicKey(seed));
}

/** Ed25519 in plain JavaScript, for runtimes whose WebCrypto does not know it. */
export const noble: Ed25519 = {
	verify: (publicKey, message, signature) => Promise.resolve(holds(publicKey, message, signature)),

	signer: (seed) => {
		const own = new Uint8Array(seed);
		const sign = (message: Bytes) => Promise.resolve(new Uint8Array(ed25519.sign(message, own)));
		return Promise.resolve({ publicKey: publicKeyOf(own), sign });
	}
};

// noble's own check multiplies by the cofactor, the runtimes' do not: signatures made to tell the two apart would be good
// on one device and bad on another. So R is computed and compared as bytes, as they do.
function holds(publicKey: Bytes, message: Bytes, signature: Bytes): boolean {
	try {
		const [commitment, scalar] = [signature.subarray(0, 32), signature.subarray(32)];
		const challenge = numberOf(sha512(joinBytes(commitment, publicKey, message))) % Point.Fn.ORDER;
		const signed = Point.BASE.multiplyUnsafe(numberOf(scalar));
		const owed = Point.fromBytes(publicKey).negate().multiplyUnsafe(challenge);
		return equalBytes(signed.add(owed).toBytes(), commitment);
	} catch {
		return false;
	}
}

/** A little-endian number. */
function numberOf(bytes: Uint8Array): bigint {
	let number = 0n;
	for (let at = bytes.length - 1; at >= 0; at--) number = (number << 8n) | BigInt(bytes[at] ?? 0);
	return number;
}
