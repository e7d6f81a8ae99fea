// A string cannot be zero-filled: it stays in memory, wherever the runtime has copied it to, until something else is
// written there. JSON that holds key material is written and read as bytes, and its secrets never become strings.
import { readLetters, writeLetters } from './base64url.ts';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';
import { fromUtf8, toUtf8 } from './utf8.ts';

const [QUOTE, COLON] = [0x22, 0x3a];
const whiteSpace = new Set([0x20, 0x09, 0x0a, 0x0d]);
/** Letters of 32 bytes in base64url. */
const LETTERS = 43;
/** What stands in the text in place of a secret that was taken out. */
const TAKEN = 'A'.repeat(LETTERS);

/**
 * JSON of an object some of whose members are secrets of 32 bytes.
 * @param write gives the JSON with these texts in the places of the secrets
 * @returns UTF-8; the caller zero-fills it
 */
export function putSecrets(
	secrets: Readonly<Record<string, Bytes>>,
	write: (places: Readonly<Record<string, string>>) => string
): Bytes {
	const names = Object.keys(secrets);
	const text = toUtf8(write(Object.fromEntries(names.map((name) => [name, TAKEN]))));
	for (const [name, secret] of Object.entries(secrets)) {
		const letters = writeLetters(secret);
		lettersOf(text, name).set(letters);
		letters.fill(0);
	}
	return text;
}

/**
 * Takes secrets of 32 bytes out of a JSON object, and writes over them in the text.
 * @param text UTF-8; its secrets are gone afterwards
 * @returns the object, with other texts in their places, and the secrets in the order of the names
 * @throws CryptoError `crypto/cannot-open` where a member of that name is not 32 bytes in base64url, `crypto/input`
 * where the text is no UTF-8 or the letters are not strict; SyntaxError where it is no JSON
 */
export function takeSecrets(text: Uint8Array, names: readonly string[]): { object: object; secrets: Bytes[] } {
	const secrets = names.map((name) => {
		const letters = lettersOf(text, name);
		const secret = readLetters(letters);
		letters.fill(TAKEN.charCodeAt(0));
		return secret;
	});
	const object = JSON.parse(fromUtf8(text)) as Record<string, unknown>;
	// Where the same name stands twice, or within a text, what was taken was not the member.
	if (names.some((name) => object[name] !== TAKEN)) throw new CryptoError('crypto/cannot-open');
	return { object, secrets };
}

/** The letters of the first text that follows a name. */
function lettersOf(text: Uint8Array, name: string): Uint8Array {
	let at = after(text, toUtf8(`"${name}"`));
	const skip = (): void => {
		while (whiteSpace.has(text[at] ?? 0)) at++;
	};
	skip();
	const isMember = text[at++] === COLON;
	skip();
	if (!isMember || text[at] !== QUOTE || text[at + 1 + LETTERS] !== QUOTE) throw new CryptoError('crypto/cannot-open');
	return text.subarray(at + 1, at + 1 + LETTERS);
}

/** Where the first occurrence of some bytes ends. */
function after(text: Uint8Array, wanted: Uint8Array): number {
	for (let at = 0; at + wanted.length <= text.length; at++)
		if (wanted.every((byte, index) => text[at + index] === byte)) return at + wanted.length;
	throw new CryptoError('crypto/cannot-open');
}
