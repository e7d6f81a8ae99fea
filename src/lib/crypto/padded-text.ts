import { allocate } from './allocate.ts';
import type { Allocate } from './allocate.ts';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';
import { lengthField, pad, paddedSize, unpad } from './padding.ts';
import { writeU32 } from './u32.ts';
import { borrowUtf8, fillUtf8, fromUtf8, toUtf8 } from './utf8.ts';

/**
 * Text as it is sealed: length u32 of its UTF-8, the UTF-8, padding. With the JSON of a record this is the plain of a
 * record that has the system layer only.
 * @throws CryptoError `crypto/input` on a lone surrogate.
 */
export function padText(text: string, bytesOf: Allocate = allocate): Uint8Array {
	return pad(borrowUtf8(text), bytesOf);
}

/**
 * `padText` for a long text, with room after it: whoever seals it writes the envelope over the text, and makes no copy.
 * @param room bytes after the padded text
 * @throws CryptoError `crypto/input` on a lone surrogate.
 */
export function padTextWithRoom(text: string, room: number): Bytes {
	// Nearly all texts are as long in UTF-8 as in characters, or fit what they are padded to.
	const size = paddedSize(lengthField + text.length);
	const bytes = allocate(size + room);
	const written = fillUtf8(text, bytes.subarray(lengthField, size));
	if (written !== null) {
		writeU32(written, bytes, 0);
		return bytes;
	}
	const padded = pad(toUtf8(text));
	const longer = allocate(padded.length + room);
	longer.set(padded);
	return longer;
}

/**
 * The text that `padText` padded, to the character.
 * @throws CryptoError `crypto/cannot-open` when the padding is not what it must be, or the content is not UTF-8.
 */
export function unpadText(padded: Uint8Array): string {
	const content = unpad(padded);
	try {
		return fromUtf8(content);
	} catch {
		throw new CryptoError('crypto/cannot-open');
	}
}
