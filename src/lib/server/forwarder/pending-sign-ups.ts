import { createHash, randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { BoundedMap } from '../limits/bounded-map.ts';
import { CODE_LIFETIME } from '../mail/code-mail.ts';
import { openPassword, sealPassword } from './sealed-password.ts';

/** How often one mailed code may be tried. */
const MOST_TRIES = 5;
/** How many addresses are remembered. */
const MOST = 10_000;
const stretch = promisify<string, string, number, Buffer>(scrypt);

/**
 * Sign-ups that wait for the code mailed to their address, in this process's memory. Each is its own: several for one
 * address do not know of each other, and a code confirms the one it was mailed for, to whoever holds its claim. So a
 * stranger who signs up with somebody's address neither keeps them out nor gets a password of theirs confirmed by them.
 */
export interface PendingSignUps {
	/** @returns the claim (43 characters), which alone opens the password again, and the code to mail (6 digits). */
	add(email: string, password: string): Promise<{ claim: string; code: string }>;
	/** Whether a claim is one of a sign-up for this address. */
	holds(email: string, claim: string): boolean;
	/** A new code for the sign-up of a claim; undefined where there is no such sign-up. */
	renew(email: string, claim: string): string | undefined;
	/** Tries a code: gives the password of the sign-up if it is the right one. After five tries none is. */
	confirm(email: string, claim: string, code: string): string | undefined;
	/** A new claim for whoever shows the password of a sign-up. Takes the same time whether or not there is one. */
	reclaim(email: string, password: string): Promise<string | undefined>;
	/** A code by which the owner of the address may do without any of its passwords; undefined where nobody signed up. */
	recover(email: string): string | undefined;
	/** Tries such a code, whose tries are counted by the caller. */
	recovers(email: string, code: string): boolean;
	/** Lets all sign-ups of an address go: it has its account now. */
	drop(email: string): void;
}

interface Code {
	digits: string;
	tries: number;
	until: number;
}

interface SignUp {
	/** SHA-256 of the claim. */
	claim: string;
	/** scrypt of the password: tells who may have a new claim. */
	digest: Buffer;
	/** The password, sealed under the claim. */
	sealed: Buffer;
	code: Code;
}

interface Waiting {
	signUps: SignUp[];
	recovery?: Code;
}

/** @param now milliseconds, for tests. */
export function createPendingSignUps(now: () => number = Date.now): PendingSignUps {
	const waiting = new BoundedMap<Waiting>(MOST);
	const salt = randomBytes(16).toString('base64url');
	const draw = (): Code => ({
		digits: String(randomInt(1_000_000)).padStart(6, '0'),
		tries: 0,
		until: now() + CODE_LIFETIME
	});

	/** Those of an address whose time is not over, newest first. */
	function at(email: string): SignUp[] {
		return waiting.get(email)?.signUps.filter(({ code }) => code.until > now()) ?? [];
	}

	const claimed = (email: string, claim: string) => at(email).find((signUp) => signUp.claim === hash(claim));

	return {
		async add(email, password) {
			const claim = randomBytes(32).toString('base64url');
			const digest = await stretch(password, salt + email, 32);
			const code = draw();
			const signUp = { claim: hash(claim), digest, sealed: sealPassword(password, claim, email), code };
			waiting.set(email, { ...waiting.get(email), signUps: [signUp, ...at(email)] });
			return { claim, code: code.digits };
		},
		holds: (email, claim) => claimed(email, claim) !== undefined,
		renew(email, claim) {
			const signUp = claimed(email, claim);
			if (!signUp) return undefined;
			signUp.code = draw();
			return signUp.code.digits;
		},
		confirm(email, claim, code) {
			const signUp = claimed(email, claim);
			if (!signUp || (signUp.code.tries += 1) > MOST_TRIES || !same(signUp.code.digits, code)) return undefined;
			return openPassword(signUp.sealed, claim, email);
		},
		async reclaim(email, password) {
			const digest = await stretch(password, salt + email, 32);
			const signUp = at(email).find((other) => timingSafeEqual(other.digest, digest));
			if (!signUp) return undefined;
			const claim = randomBytes(32).toString('base64url');
			Object.assign(signUp, { claim: hash(claim), sealed: sealPassword(password, claim, email) });
			return claim;
		},
		recover(email) {
			const signUps = at(email);
			if (signUps.length === 0) return undefined;
			const recovery = draw();
			waiting.set(email, { signUps, recovery });
			return recovery.digits;
		},
		recovers(email, code) {
			const recovery = waiting.get(email)?.recovery;
			return recovery !== undefined && recovery.until > now() && same(recovery.digits, code);
		},
		drop: (email) => waiting.delete(email)
	};
}

function hash(claim: string): string {
	return createHash('sha256').update(claim).digest('base64url');
}

function same(one: string, other: string): boolean {
	return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
