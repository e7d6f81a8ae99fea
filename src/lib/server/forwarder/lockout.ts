import { BoundedMap } from '../limits/bounded-map.ts';

const MINUTE = 60_000;
const LONGEST = 60 * MINUTE;
/** How many pairs of account and address (or device) are remembered. */
const MOST = 50_000;

/** Makes guessing slow: after some failures whoever guesses waits, a minute at first, an hour at last. */
export interface Lockout {
	/**
	 * Counts an attempt before it is made, so that many at once gain nothing.
	 * @returns 0 when it may be made, otherwise the whole seconds to wait.
	 */
	attempt(who: string): number;
	/** Whether the attempts that were made have locked it. */
	isLocked(who: string): boolean;
	/** The attempt held: nothing is counted against them any more. */
	succeed(who: string): void;
}

interface Attempts {
	made: number;
	lockedUntil: number;
	/** When it is forgotten: a day after the last attempt. */
	until: number;
}

/**
 * @param free how many attempts go unpunished.
 * @param now milliseconds, for tests.
 */
export function createLockout(free: number, now: () => number = Date.now): Lockout {
	const attempts = new BoundedMap<Attempts>(MOST);

	return {
		attempt(who) {
			const time = now();
			const known = attempts.get(who);
			const before = known && known.until > time ? known : { made: 0, lockedUntil: 0 };
			if (before.lockedUntil > time) return Math.ceil((before.lockedUntil - time) / 1000);
			const made = before.made + 1;
			const lock = made < free ? 0 : Math.min(MINUTE * 2 ** Math.min(made - free, 20), LONGEST);
			attempts.set(who, { made, lockedUntil: time + lock, until: time + 24 * LONGEST });
			return 0;
		},
		isLocked: (who) => (attempts.get(who)?.lockedUntil ?? 0) > now(),
		succeed: (who) => attempts.delete(who)
	};
}
