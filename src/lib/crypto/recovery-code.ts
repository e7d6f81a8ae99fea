// A recovery code is 160 random bits that a person writes down: Crockford's base32 (crockford.com/base32.html) with its
// check symbol, which finds every mistyped and every two exchanged symbols.
import { randomBytes } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';

/** Bytes behind a recovery code. */
export const recoveryCodeSize = 20;

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const checkAlphabet = `${alphabet}*~$=U`;
const symbols = 32;

/** A new recovery code: 20 random bytes. */
export function drawRecoveryCode(): Bytes {
	return randomBytes(recoveryCodeSize);
}

/**
 * A recovery code as it is printed: eight groups of four symbols, then the check symbol, joined by hyphens.
 * @throws CryptoError `crypto/input` when the code is not 20 bytes.
 */
export function writeRecoveryCode(code: Bytes): string {
	if (code.length !== recoveryCodeSize) throw new CryptoError('crypto/input');
	let text = '';
	let [bits, held] = [0, 0];
	for (const byte of code) {
		bits = ((bits << 8) | byte) & 0xfff;
		for (held += 8; held >= 5; held -= 5) text += alphabet.charAt((bits >> (held - 5)) & 31);
	}
	return `${text}${checkSymbol(code)}`.replaceAll(/.{4}(?=.)/g, '$&-');
}

/**
 * The 20 bytes of a recovery code as a person types it: hyphens and white space anywhere, either case, O for 0, I and L
 * for 1.
 * @throws CryptoError `crypto/recovery-code` on anything else, and when the check symbol is not that of the others.
 */
export function readRecoveryCode(text: string): Bytes {
	const typed = Array.from(text.replaceAll(/[-\s]/g, ''), symbolOf);
	const values = typed.slice(0, symbols).map((symbol) => alphabet.indexOf(symbol));
	if (typed.length !== symbols + 1 || values.includes(-1)) throw new CryptoError('crypto/recovery-code');
	const code = new Uint8Array(recoveryCodeSize);
	let [bits, held, at] = [0, 0, 0];
	for (const value of values) {
		bits = ((bits << 5) | value) & 0xfff;
		held += 5;
		if (held < 8) continue;
		held -= 8;
		code[at++] = bits >> held;
	}
	if (typed[symbols] !== checkSymbol(code)) throw new CryptoError('crypto/recovery-code');
	return code;
}

/** What a typed character stands for; only ASCII has a second case here. */
function symbolOf(character: string): string {
	const symbol = /[a-z]/.test(character) ? character.toUpperCase() : character;
	if (symbol === 'O') return '0';
	return symbol === 'I' || symbol === 'L' ? '1' : symbol;
}

/** The 160-bit number modulo 37. */
function checkSymbol(code: Bytes): string {
	return checkAlphabet.charAt(code.reduce((rest, byte) => (rest * 256 + byte) % 37, 0));
}
