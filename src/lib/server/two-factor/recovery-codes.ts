import { createHash, randomBytes } from 'node:crypto';

/** Crockford's base32 (crockford.com/base32.html): no letter that looks like another. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SYMBOLS = 24;
const COUNT = 10;

/** Ten new recovery codes of 120 random bits: six groups of four symbols, joined by hyphens. */
export function drawRecoveryCodes(): string[] {
	return Array.from({ length: COUNT }, () => {
		// Each byte gives one symbol; 256 is a multiple of 32, so that all are as likely.
		const symbols = Array.from(randomBytes(SYMBOLS), (byte) => ALPHABET.charAt(byte & 31)).join('');
		return symbols.replaceAll(/.{4}(?=.)/g, '$&-');
	});
}

/**
 * What the database keeps of a code: SHA-256, in hex. Nobody guesses 120 bits, so that it needs neither salt nor stretching.
 * @param typed as a person types it: hyphens and white space anywhere, either case, O for 0, I and L for 1.
 * @returns undefined where it cannot be a code.
 */
export function hashRecoveryCode(typed: string): string | undefined {
	const bare = typed.replaceAll(/[-\s]/g, '').toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1');
	if (bare.length !== SYMBOLS || [...bare].some((symbol) => !ALPHABET.includes(symbol))) return undefined;
	return createHash('sha256').update(bare).digest('hex');
}

/** The codes and, as the database's functions take them, their hashes: one text, joined by commas. */
export function newRecoveryCodes(): { codes: string[]; hashes: string } {
	const codes = drawRecoveryCodes();
	return { codes, hashes: codes.map((code) => hashRecoveryCode(code)).join(',') };
}
