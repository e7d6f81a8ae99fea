import { BoundedMap } from '../limits/bounded-map.ts';
import type { Counts } from '../limits/counts.ts';

const MINUTE = 60_000;
const LONGEST = 60 * MINUTE;
/** How many pairs of account and address (or device) are remembered. */
const MOST = 50_000;

/** Makes guessing slow: after some failures whoever guesses waits, a minute at first, an hour at last. */
export interface Lockout {
	/**
	 * Counts an attempt before it is made, so that many at once gain nothing.
	 * @returns the whole seconds to wait (0: it may be made), and whether it locks unless it succeeds.
	 */
	attempt(who: string): Promise<{ wait: number; last: boolean }>;
	/** The attempt held: nothing is counted against them any more. */
	succeed(who: string): Promise<void>;
}

interface Attempts {
	made: number;
	lockedUntil: number;
	/** When it is forgotten: a day after the last attempt. */
	until: number;
}

/**
 * In this process's memory.
 * @param free how many attempts go unpunished.
 * @param now milliseconds, for tests.
 */
export function createLockout(free: number, now: () => number = Date.now): Lockout {
	const attempts = new BoundedMap<Attempts>(MOST);

	function attempt(who: string): { wait: number; last: boolean } {
		const time = now();
		const known = attempts.get(who);
		const before = known && known.until > time ? known : { made: 0, lockedUntil: 0 };
		if (before.lockedUntil > time) return { wait: Math.ceil((before.lockedUntil - time) / 1000), last: false };
		const made = before.made + 1;
		const lock = made < free ? 0 : Math.min(MINUTE * 2 ** Math.min(made - free, 20), LONGEST);
		attempts.set(who, { made, lockedUntil: time + lock, until: time + 24 * LONGEST });
		return { wait: 0, last: lock > 0 };
	}

	return {
		attempt: (who) => Promise.resolve(attempt(who)),
		succeed: (who) => Promise.resolve(attempts.delete(who))
	};
}

/** In the database, for all servers that share it; in memory for as long as it does not count. */
export function createSharedLockout(free: number, counts: Counts): Lockout {
	const memory = createLockout(free);
	const keyOf = (who: string) => `lockout:${who}`;
	return {
		attempt: (who) => counts.attempt(keyOf(who), free).catch(() => memory.attempt(who)),
		succeed: (who) => counts.forget(keyOf(who)).catch(() => memory.succeed(who))
	};
}
