// What is refused of public keys and signatures before any implementation sees them. Numbers are little-endian here, as
// RFC 8032 writes them; the top bit of a point is the sign of x.
import { fromHex } from './hex.ts';

/** 2^255 - 19: a point's y is below it, or the point has a second encoding. */
const fieldOrder = fromHex('edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f');

/** L, the order of the group (RFC 8032, section 5.1). */
const groupOrder = fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');

/** The y of the eight points of small order: whoever has one for a key signs for everybody. */
const smallOrder = [
	'0100000000000000000000000000000000000000000000000000000000000000',
	'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
	'0000000000000000000000000000000000000000000000000000000000000000',
	'26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
	'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'
].map(fromHex);

/**
 * Whether a key and a signature have the shape that an honest signer makes: 32 and 64 bytes, key and commitment R each in
 * its one encoding and of large order, S below L. All of it is public, so time may tell.
 */
export function isUsableSignature(publicKey: Uint8Array, signature: Uint8Array): boolean {
	if (publicKey.length !== 32 || signature.length !== 64) return false;
	const [commitment, scalar] = [signature.subarray(0, 32), signature.subarray(32)];
	return isUsablePoint(publicKey) && isUsablePoint(commitment) && isBelow(scalar, groupOrder);
}

function isUsablePoint(point: Uint8Array): boolean {
	return isBelow(point, fieldOrder, 0x7f) && !smallOrder.some((small) => compare(point, small, 0x7f) === 0);
}

function isBelow(number: Uint8Array, limit: Uint8Array, topBits = 0xff): boolean {
	return compare(number, limit, topBits) < 0;
}

/** @param topBits those of the number's highest byte that count */
function compare(number: Uint8Array, other: Uint8Array, topBits: number): number {
	let bits = topBits;
	for (let at = 31; at >= 0; at--) {
		const difference = ((number[at] ?? 0) & bits) - (other[at] ?? 0);
		if (difference !== 0) return difference;
		bits = 0xff;
	}
	return 0;
}
