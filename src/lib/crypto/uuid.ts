import { CryptoError } from './crypto-error.ts';
import { toHex } from './hex.ts';

/** The id that stands for "no entity" where a place needs one. */
export const noEntity = '00000000-0000-0000-0000-000000000000';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const dash = 0x2d;
const notADigit = 0xff;

/** The value of a hexadecimal digit by its character code. */
const digits = new Uint8Array(128).fill(notADigit);
for (let value = 0; value < 16; value++) digits[value.toString(16).charCodeAt(0)] = value;

/** Whether a text is an id: a UUID of any version in lower case. One id has one spelling. */
export function isUuid(text: string): boolean {
	return uuid.test(text);
}

/**
 * Writes the 16 bytes of an id to `out` at `at`.
 * @throws CryptoError `crypto/input` on a text that is not an id.
 */
export function writeUuid(id: string, out: Uint8Array, at: number): void {
	if (id.length !== 36) throw new CryptoError('crypto/input');
	let end = at;
	for (let index = 0; index < 36; index += 2) {
		if (index === 8 || index === 13 || index === 18 || index === 23) {
			if (id.charCodeAt(index) !== dash) throw new CryptoError('crypto/input');
			index++;
		}
		const high = digits[id.charCodeAt(index)] ?? notADigit;
		const low = digits[id.charCodeAt(index + 1)] ?? notADigit;
		if ((high | low) > 15) throw new CryptoError('crypto/input');
		out[end++] = (high << 4) | low;
	}
}

/** The 16 bytes of an id. Takes and throws what `writeUuid` does. */
export function uuidBytes(id: string): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(16);
	writeUuid(id, bytes, 0);
	return bytes;
}

/** The id of 16 bytes, in lower case. */
export function uuidText(bytes: Uint8Array): string {
	const digits = toHex(bytes);
	return [0, 8, 12, 16, 20].map((from, at) => digits.slice(from, [8, 12, 16, 20, 32][at])).join('-');
}
