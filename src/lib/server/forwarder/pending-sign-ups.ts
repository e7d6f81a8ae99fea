import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { drawCode, isCode } from './mailed-code.ts';
import type { MailedCode } from './mailed-code.ts';
import { openPassword, sealPassword } from './sealed-password.ts';

/** How long a sign-up waits from its newest code on, in milliseconds; the code itself holds for ten minutes. */
export const SIGN_UP_LIFETIME = 60 * 60_000;
/** How often one mailed code may be tried. */
const MOST_TRIES = 5;
/** How many addresses may wait; the limit on letters keeps them far fewer. */
const MOST = 10_000;
/** How often what is over is forgotten, in milliseconds. */
const SWEEP = 60_000;
const stretch = promisify<string, string, number, ScryptOptions, Buffer>(scrypt);
/** 32 MiB and about a tenth of a second a guess, for whoever should get at this process's memory. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

/**
 * Sign-ups that wait for the code mailed to their address, in this process's memory. Each is its own: several for one
 * address do not know of each other, and a code confirms the one it was mailed for, to whoever holds its claim. So a
 * stranger who signs up with somebody's address gets no password of theirs confirmed by them; and theirs waits its hour
 * out whatever becomes of the others, so that they cannot see from it when an account was made.
 */
export interface PendingSignUps {
	/**
	 * @returns the claim (43 characters), which alone opens the password again, and the code to mail (6 digits);
	 * undefined where too many addresses wait: none is forgotten early for another.
	 */
	add(email: string, password: string): Promise<{ claim: string; code: string } | undefined>;
	/** Whether a claim is one of a sign-up for this address. */
	holds(email: string, claim: string): boolean;
	/** A new code for the sign-up of a claim, and a new hour; undefined where there is no such sign-up. */
	renew(email: string, claim: string): string | undefined;
	/** Tries a code: gives the password of the sign-up if it is the right one. After five tries none is. */
	confirm(email: string, claim: string, code: string): string | undefined;
	/** A new claim for whoever shows the password of a sign-up. Takes the same time whether or not there is one. */
	reclaim(email: string, password: string): Promise<string | undefined>;
	/**
	 * A code by which the owner of the address may do without any of its passwords; undefined where no sign-up waits.
	 * A former one is worth nothing from here on, in either case: its tries are counted anew.
	 */
	recover(email: string): string | undefined;
	/** Tries such a code, whose tries are counted by the caller. */
	recovers(email: string, code: string): boolean;
	/** An account was made of the sign-up of this claim, or without any: lets that one go, and the code of `recover`. */
	settle(email: string, claim?: string): void;
}

interface SignUp {
	/** SHA-256 of the claim. */
	claim: string;
	/** scrypt of the password: tells who may have a new claim. */
	digest: Buffer;
	/** The password, sealed under the claim. */
	sealed: Buffer;
	code: MailedCode;
	/** When it is over, in milliseconds. */
	until: number;
}

interface Waiting {
	/** Newest first. */
	signUps: SignUp[];
	recovery?: MailedCode;
}

/**
 * @param now milliseconds, for tests.
 * @param most how many addresses may wait, for tests.
 */
export function createPendingSignUps(now: () => number = Date.now, most = MOST): PendingSignUps {
	const waiting = new Map<string, Waiting>();
	const salt = randomBytes(16).toString('base64url');
	let sweeping: NodeJS.Timeout | undefined;

	/** Those of an address whose time is not over. */
	function at(email: string): SignUp[] {
		return waiting.get(email)?.signUps.filter(({ until }) => until > now()) ?? [];
	}

	const claimed = (email: string, claim: string) => at(email).find((signUp) => signUp.claim === hash(claim));

	/** Keeps of an address what is not over; nothing of it where that is all. */
	function keep(email: string, { signUps, recovery }: Waiting): void {
		const lasts = recovery && recovery.until > now() ? { recovery } : {};
		if (signUps.length === 0 && !lasts.recovery) waiting.delete(email);
		else waiting.set(email, { signUps, ...lasts });
		if (waiting.size > 0) sweeping ??= setTimeout(sweep, SWEEP).unref();
	}

	function sweep(): void {
		sweeping = undefined;
		for (const [email, found] of waiting) keep(email, { ...found, signUps: at(email) });
	}

	return {
		async add(email, password) {
			const claim = randomBytes(32).toString('base64url');
			const digest = await stretch(password, salt + email, 32, COST);
			// Whoever waits already: one address must not be told from another by it.
			if (waiting.size >= most) return undefined;
			const code = drawCode(now());
			const sealed = sealPassword(password, claim, email);
			const signUp = { claim: hash(claim), digest, sealed, code, until: now() + SIGN_UP_LIFETIME };
			keep(email, { ...waiting.get(email), signUps: [signUp, ...at(email)] });
			return { claim, code: code.digits };
		},
		holds: (email, claim) => claimed(email, claim) !== undefined,
		renew(email, claim) {
			const signUp = claimed(email, claim);
			if (!signUp) return undefined;
			Object.assign(signUp, { code: drawCode(now()), until: now() + SIGN_UP_LIFETIME });
			return signUp.code.digits;
		},
		confirm(email, claim, code) {
			const signUp = claimed(email, claim);
			if (!signUp || signUp.code.until <= now()) return undefined;
			if ((signUp.code.tries += 1) > MOST_TRIES || !isCode(signUp.code, code)) return undefined;
			return openPassword(signUp.sealed, claim, email);
		},
		async reclaim(email, password) {
			const digest = await stretch(password, salt + email, 32, COST);
			const signUp = at(email).find((other) => timingSafeEqual(other.digest, digest));
			if (!signUp) return undefined;
			const claim = randomBytes(32).toString('base64url');
			Object.assign(signUp, { claim: hash(claim), sealed: sealPassword(password, claim, email) });
			return claim;
		},
		recover(email) {
			const signUps = at(email);
			const recovery = signUps.length > 0 ? drawCode(now()) : undefined;
			keep(email, { signUps, ...(recovery && { recovery }) });
			return recovery?.digits;
		},
		recovers(email, code) {
			const recovery = waiting.get(email)?.recovery;
			return recovery !== undefined && recovery.until > now() && isCode(recovery, code);
		},
		settle(email, claim) {
			const done = claim === undefined ? undefined : claimed(email, claim);
			keep(email, { signUps: at(email).filter((signUp) => signUp !== done) });
		}
	};
}

function hash(claim: string): string {
	return createHash('sha256').update(claim).digest('base64url');
}
