import { BoundedMap } from '../limits/bounded-map.ts';

const LASTS = 10 * 60_000;
const MOST = 50_000;

/**
 * Which sessions were lately opened with a password or a mailed code, and from where. Changing the e-mail or the
 * password needs that: a stolen token alone must not take the account over.
 */
export interface Proofs {
	note(session: string, prefix: string): void;
	has(session: string, prefix: string): boolean;
}

/** @param now milliseconds, for tests. */
export function createProofs(now: () => number = Date.now): Proofs {
	const proofs = new BoundedMap<number>(MOST);
	return {
		note: (session, prefix) => proofs.set(`${session}|${prefix}`, now()),
		has: (session, prefix) => now() - (proofs.get(`${session}|${prefix}`) ?? -Infinity) <= LASTS
	};
}
