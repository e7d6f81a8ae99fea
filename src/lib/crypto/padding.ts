// Lengths tell: two records of 40 and of 90 bytes must look alike. Up to 256 bytes everything has one size, above that
// the Padmé sizes (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs",
// PoPETs 2019, section 4) let at most log log of the length be seen, for at most 12 % more bytes.
import { allocate } from './allocate.ts';
import type { Allocate } from './allocate.ts';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';
import { isU32, readU32, writeU32 } from './u32.ts';

/** The smallest padded size, in bytes. */
export const smallestSize = 256;

/** Bytes of the length before the content. */
export const lengthField = 4;

/**
 * The size that content is padded to.
 * @param length bytes of the whole content, the length field before it included.
 * @returns 256, or the Padmé size of a longer content.
 * @throws CryptoError `crypto/input` when it is not a whole number from 0 to 2^32 - 1.
 */
export function paddedSize(length: number): number {
	if (!isU32(length)) throw new CryptoError('crypto/input');
	if (length <= smallestSize) return smallestSize;
	const exponent = 31 - Math.clz32(length);
	const kept = 32 - Math.clz32(exponent);
	const step = 2 ** (exponent - kept);
	return Math.ceil(length / step) * step;
}

/**
 * Pads: length of `content` u32 big-endian, `content`, zeros up to the padded size of what precedes them.
 * @throws CryptoError `crypto/input` when it does not fit 2^32 - 1 bytes.
 */
export function pad(content: Uint8Array): Bytes;
export function pad(content: Uint8Array, bytesOf: Allocate): Uint8Array;
export function pad(content: Uint8Array, bytesOf: Allocate = allocate): Uint8Array {
	const end = lengthField + content.length;
	const padded = bytesOf(paddedSize(end));
	writeU32(content.length, padded, 0);
	padded.set(content, lengthField);
	return padded.fill(0, end);
}

/**
 * The content of padded bytes, as a view on them.
 * @param tailSize bytes of what follows the content.
 * @throws CryptoError `crypto/cannot-open` when there is no length, when it reaches beyond the end, when the whole is
 * not exactly the padded size of content and tail, or when a byte of the padding is not zero.
 */
export function unpad<Memory extends ArrayBufferLike>(padded: Uint8Array<Memory>, tailSize = 0): Uint8Array<Memory> {
	const tailAt = lengthField + readU32(padded, 0);
	const end = tailAt + tailSize;
	if (end > padded.length || paddedSize(end) !== padded.length) throw new CryptoError('crypto/cannot-open');
	for (let at = end; at < padded.length; at++) {
		if (padded[at] !== 0) throw new CryptoError('crypto/cannot-open');
	}
	return padded.subarray(lengthField, tailAt);
}
