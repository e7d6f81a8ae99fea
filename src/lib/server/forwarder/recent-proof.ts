const LASTS = 10 * 60_000;

/**
 * Who has lately shown a password or a mailed code, and from where. Changing the e-mail or the password needs that: a
 * stolen token alone must not take the account over.
 */
export interface Proofs {
	note(user: string, prefix: string): void;
	has(user: string, prefix: string): boolean;
}

/** @param now milliseconds, for tests. */
export function createProofs(now: () => number = Date.now): Proofs {
	const proofs = new Map<string, number>();
	return {
		note(user, prefix) {
			const time = now();
			if (proofs.size >= 10_000) for (const [key, at] of proofs) if (time - at > LASTS) proofs.delete(key);
			proofs.set(`${user}|${prefix}`, time);
		},
		has: (user, prefix) => now() - (proofs.get(`${user}|${prefix}`) ?? -Infinity) <= LASTS
	};
}
