// RFC 4648 section 5, in its one canonical form: no padding, and the bits that fill up the last character are zero.
import { CryptoError } from './crypto-error.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const values = new Uint8Array(128).fill(64);
for (let value = 0; value < 64; value++) values[alphabet.charCodeAt(value)] = value;

/** Bytes as base64url text without padding. */
export function toBase64url(bytes: Uint8Array): string {
	let text = '';
	let bits = 0;
	let held = 0;
	for (const byte of bytes) {
		bits = ((bits << 8) | byte) & 0xffff;
		for (held += 8; held >= 6; held -= 6) text += alphabet.charAt((bits >> (held - 6)) & 63);
	}
	return held === 0 ? text : text + alphabet.charAt((bits << (6 - held)) & 63);
}

/**
 * The bytes of strict base64url text: what `toBase64url` writes and nothing else, so that equal bytes have one text.
 * @throws CryptoError `crypto/input` on padding, white space, another alphabet, an impossible length or spare bits.
 */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
	if (text.length % 4 === 1) throw new CryptoError('crypto/input');
	const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
	let bits = 0;
	let held = 0;
	let at = 0;
	for (let index = 0; index < text.length; index++) {
		const value = values[text.charCodeAt(index)] ?? 64;
		if (value === 64) throw new CryptoError('crypto/input');
		bits = ((bits << 6) | value) & 0xffff;
		held += 6;
		if (held < 8) continue;
		held -= 8;
		bytes[at++] = bits >> held;
	}
	if ((bits & ((1 << held) - 1)) !== 0) throw new CryptoError('crypto/input');
	return bytes;
}
