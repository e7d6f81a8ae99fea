import { allocate } from './allocate.ts';
import { CryptoError } from './crypto-error.ts';
import { pad, unpad } from './padding.ts';
import { borrowUtf8, fromUtf8 } from './utf8.ts';

/**
 * Text as it is sealed: length u32 of its UTF-8, the UTF-8, padding. With the JSON of a record this is the plain of a
 * record that has the system layer only.
 * @throws CryptoError `crypto/input` on a lone surrogate.
 */
export function padText(text: string, bytesOf = allocate): Uint8Array {
	return pad(borrowUtf8(text), bytesOf);
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
