import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { BoundedMap } from '../limits/bounded-map.ts';

const MOST = 50_000;

/**
 * Which browser asked for the newest code that an account was mailed: shown from another, as by somebody who talked its
 * owner into reading it out, it is a wrong one. In this process's memory.
 */
export interface CodeClaims {
	/** Puts down that a code goes to the account, for the browser that holds the claim; a former one is bound no more. */
	bind(account: string, claim: string): void;
	/** Whether the newest code of the account is for whoever shows this claim. */
	holds(account: string, claim: string | undefined): boolean;
}

/** A claim for a browser that has none, 43 characters. */
export function drawClaim(): string {
	return randomBytes(32).toString('base64url');
}

export function createCodeClaims(): CodeClaims {
	const claims = new BoundedMap<Buffer>(MOST);
	return {
		bind: (account, claim) => claims.set(account, hash(claim)),
		holds(account, claim) {
			const bound = claims.get(account);
			return bound !== undefined && claim !== undefined && timingSafeEqual(bound, hash(claim));
		}
	};
}

function hash(claim: string): Buffer {
	return createHash('sha256').update(claim).digest();
}
