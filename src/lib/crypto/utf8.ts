import { CryptoError } from './crypto-error.ts';

const encoder = new TextEncoder();
// A byte order mark is kept: what is read must be what was written, to the byte.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Text as UTF-8.
 * @throws CryptoError `crypto/input` on a lone surrogate, which an encoder would silently replace.
 */
export function toUtf8(text: string): Uint8Array<ArrayBuffer> {
	if (!text.isWellFormed()) throw new CryptoError('crypto/input');
	return encoder.encode(text);
}

// Encoding to new bytes costs ten times the encoding itself.
const borrowed = new Uint8Array(16_384);

/**
 * Text as UTF-8 for a caller who copies it at once: the next call writes over these bytes.
 * @throws CryptoError `crypto/input` on a lone surrogate.
 */
export function borrowUtf8(text: string): Uint8Array {
	if (text.length * 3 > borrowed.length) return toUtf8(text);
	if (!text.isWellFormed()) throw new CryptoError('crypto/input');
	return borrowed.subarray(0, encoder.encodeInto(text, borrowed).written);
}

/**
 * Writes text as UTF-8 to bytes.
 * @returns how many were written, or null where it does not fit: then they hold a part of it
 * @throws CryptoError `crypto/input` on a lone surrogate.
 */
export function fillUtf8(text: string, out: Uint8Array): number | null {
	if (!text.isWellFormed()) throw new CryptoError('crypto/input');
	const { read, written } = encoder.encodeInto(text, out);
	return read === text.length ? written : null;
}

/**
 * The text of UTF-8 bytes.
 * @throws CryptoError `crypto/input` on bytes that are not UTF-8.
 */
export function fromUtf8(bytes: Uint8Array): string {
	try {
		return decoder.decode(bytes);
	} catch {
		throw new CryptoError('crypto/input');
	}
}
