// GHASH (NIST SP 800-38D, section 6.4) in whole numbers, to make what row 6 of the attacks needs: one ciphertext and tag
// that open under two keys. A block's first bit is the coefficient of x^0.
import { createCipheriv } from 'node:crypto';

const reduction = 0xe1n << 120n;

function times(a: bigint, b: bigint): bigint {
	let [product, factor] = [0n, b];
	for (let bit = 127n; bit >= 0n; bit--) {
		if ((a >> bit) & 1n) product ^= factor;
		factor = factor & 1n ? (factor >> 1n) ^ reduction : factor >> 1n;
	}
	return product;
}

/** a to the power of 2^128 - 2. */
function inverse(a: bigint): bigint {
	let [result, square] = [1n << 127n, a];
	for (let bit = 1; bit < 128; bit++) {
		square = times(square, square);
		result = times(result, square);
	}
	return result;
}

const numberOf = (block: Uint8Array): bigint => BigInt(`0x${Buffer.from(block).toString('hex')}`);
const bytesOf = (number: bigint): Buffer => Buffer.from(number.toString(16).padStart(32, '0'), 'hex');

function encrypt(key: Uint8Array, block: Uint8Array): bigint {
	return numberOf(createCipheriv('aes-256-ecb', key, null).setAutoPadding(false).update(block));
}

function blocksOf(bytes: Uint8Array): bigint[] {
	const blocks: bigint[] = [];
	for (let at = 0; at < bytes.length; at += 16) {
		const block = Buffer.alloc(16);
		Buffer.from(bytes.subarray(at, at + 16)).copy(block);
		blocks.push(numberOf(block));
	}
	return blocks;
}

/**
 * Two blocks of ciphertext and a tag that AES-256-GCM accepts under both keys (Len, Grubbs, Ristenpart, section 3.1). The
 * tag is linear in each block, so the second block is solved for.
 */
export function sealUnderBoth(keys: [Uint8Array, Uint8Array], nonce: Uint8Array, aad: Uint8Array): Buffer {
	const first = 0x0123456789abcdefn;
	const lengths = (BigInt(aad.length * 8) << 64n) | 256n;
	const counter = Buffer.concat([nonce, Buffer.from('00000001', 'hex')]);
	const sides = keys.map((key) => {
		const hashKey = encrypt(key, Buffer.alloc(16));
		const hash = (blocks: bigint[]) => blocks.reduce((sum, block) => times(sum ^ block, hashKey), 0n);
		const tagOf = (second: bigint) => hash([...blocksOf(aad), first, second, lengths]) ^ encrypt(key, counter);
		return { square: times(hashKey, hashKey), tagOf };
	});
	const [one, other] = sides;
	if (!one || !other) throw new Error('two keys are needed');
	const second = times(one.tagOf(0n) ^ other.tagOf(0n), inverse(one.square ^ other.square));
	return Buffer.concat([bytesOf(first), bytesOf(second), bytesOf(one.tagOf(second))]);
}
