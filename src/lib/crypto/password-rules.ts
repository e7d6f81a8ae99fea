// What an encryption password must be. Whoever holds token and salt can guess as fast as their machines derive: the rules
// and Argon2id are all that stands there.
import { equalBytes } from './bytes.ts';
import { CryptoError } from './crypto-error.ts';
import { guessability } from './guessability.ts';
import type { Guessability } from './guessability.ts';
import { passwordBytes } from './root-key.ts';

/** What is wrong with a password: fewer than eight characters, no capital, ..., or few guesses find it. */
export type PasswordProblem = 'short' | 'upper' | 'lower' | 'digit' | 'symbol' | 'guessable';

export interface JudgedPassword {
	ok: boolean;
	/** Everything that is wrong, in the order of the type. */
	problems: readonly PasswordProblem[];
	/** How hard it is to guess, from 0 to 4. */
	score: Guessability;
}

const smallest = 8;
/** 10^10 guesses and more: months for one machine with Argon2id between the guesses; 3 would be hours. */
const enough = 4;

const classes = [
	['upper', /\p{Lu}/u],
	['lower', /\p{Ll}/u],
	['digit', /\p{Nd}/u],
	['symbol', /[\p{P}\p{S}\p{Zs}]/u]
] as const;

/**
 * Judges a password by code points after NFKC: eight of them, with a capital, a small letter, a digit and a symbol
 * (punctuation, a sign, a blank), and not to be guessed by English and Spanish words, names, passwords that leaked,
 * dates and rows of keys.
 * @throws CryptoError `crypto/input` on a lone surrogate.
 */
export async function judgePassword(password: string): Promise<JudgedPassword> {
	if (!password.isWellFormed()) throw new CryptoError('crypto/input');
	const normal = password.normalize('NFKC');
	const problems: PasswordProblem[] = Array.from(normal).length < smallest ? ['short'] : [];
	for (const [name, members] of classes) if (!members.test(normal)) problems.push(name);
	const score = await guessability(normal);
	if (score < enough) problems.push('guessable');
	return { ok: problems.length === 0, problems, score };
}

/**
 * Holds that a password may be set.
 * @param signIn the sign-in password, where it was typed in this visit: the two must differ. It is never tried anywhere.
 * @throws CryptoError `crypto/password`.
 */
export async function checkNewPassword(password: string, signIn?: string): Promise<void> {
	const same = signIn !== undefined && equalBytes(passwordBytes(password), passwordBytes(signIn));
	if (same || !(await judgePassword(password)).ok) throw new CryptoError('crypto/password');
}
