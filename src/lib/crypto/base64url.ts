// RFC 4648 section 5, in its one canonical form: no padding, and the bits that fill up the last character are zero.
import { CryptoError } from './crypto-error.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const values = new Uint8Array(128).fill(64);
for (let value = 0; value < 64; value++) values[alphabet.charCodeAt(value)] = value;

const codes = Uint8Array.from(alphabet, (letter) => letter.charCodeAt(0));
const decoder = new TextDecoder();

/** What newer runtimes bring for it (ECMAScript 2026), some ten times faster. */
type NativeBytes = Partial<Pick<Uint8Array, 'toBase64' | 'setFromBase64'>>;

/** Bytes as base64url text without padding. */
export function toBase64url(bytes: Uint8Array): string {
	return (bytes as NativeBytes).toBase64?.({ alphabet: 'base64url', omitPadding: true }) ?? writeBase64url(bytes);
}

/** `toBase64url` where the runtime has none of its own. */
export function writeBase64url(bytes: Uint8Array): string {
	// Letters are written as bytes: a text that grows letter by letter costs ten times as much.
	return decoder.decode(writeLetters(bytes));
}

/** `toBase64url` as ASCII letters, for key material: bytes can be zero-filled, a string cannot. */
export function writeLetters(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
	const text = new Uint8Array(Math.ceil((bytes.length * 4) / 3));
	let [at, bits, held] = [0, 0, 0];
	for (const byte of bytes) {
		bits = ((bits << 8) | byte) & 0xffff;
		for (held += 8; held >= 6; held -= 6) text[at++] = codes[(bits >> (held - 6)) & 63] ?? 0;
	}
	if (held > 0) text[at] = codes[(bits << (6 - held)) & 63] ?? 0;
	return text;
}

/**
 * The bytes of strict base64url text: what `toBase64url` writes and nothing else, so that equal bytes have one text.
 * @throws CryptoError `crypto/input` on padding, white space, another alphabet, an impossible length or spare bits.
 */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(base64urlSize(text));
	fillBase64url(text, bytes);
	return bytes;
}

/** How many bytes a strict base64url text holds. */
export function base64urlSize({ length }: string): number {
	return Math.floor((length * 3) / 4);
}

/** `fromBase64url` to memory that is there, as long as `base64urlSize` says. Throws as it does. */
export function fillBase64url(text: string, out: Uint8Array): void {
	if (!fillByRuntime(text, out)) out.set(readBase64url(text));
}

/** False where the runtime has none of its own, or the text is not strict. */
function fillByRuntime(text: string, out: Uint8Array): boolean {
	if (text.length % 4 === 1) return false;
	try {
		const written = (out as NativeBytes).setFromBase64?.(text, { alphabet: 'base64url' }).written;
		// The runtime's own lets padding and white space pass, which leave fewer bytes than the length says, and spare bits.
		return written === out.length && !hasSpareBits(text);
	} catch {
		// What is wrong with it is for the strict reading to say.
		return false;
	}
}

/** Whether the last letter holds bits beyond the last byte that are not zero. */
function hasSpareBits(text: string): boolean {
	const beyond = [0, 0, 15, 3][text.length % 4] ?? 0;
	return ((values[text.charCodeAt(text.length - 1)] ?? 0) & beyond) !== 0;
}

/** `fromBase64url` where the runtime has none of its own. Throws as it does. */
export function readBase64url(text: string): Uint8Array<ArrayBuffer> {
	return readLetters(Uint16Array.from(text, (letter) => letter.charCodeAt(0)));
}

/** `fromBase64url` of letters, as their numbers, for key material: no string is made of them. Throws as it does. */
export function readLetters(letters: Uint8Array | Uint16Array): Uint8Array<ArrayBuffer> {
	if (letters.length % 4 === 1) throw new CryptoError('crypto/input');
	const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4));
	let bits = 0;
	let held = 0;
	let at = 0;
	for (const letter of letters) {
		const value = values[letter] ?? 64;
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
