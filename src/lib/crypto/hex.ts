import { CryptoError } from './crypto-error.ts';

const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Bytes as lower-case hexadecimal text, two digits a byte. */
export function toHex(bytes: Uint8Array): string {
	let text = '';
	for (const byte of bytes) text += digits[byte];
	return text;
}

/**
 * The bytes of lower-case hexadecimal text.
 * @throws CryptoError `crypto/input` on an odd length, a capital or any other character.
 */
export function fromHex(text: string): Uint8Array<ArrayBuffer> {
	if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new CryptoError('crypto/input');
	return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(2 * at, 2 * at + 2), 16));
}
