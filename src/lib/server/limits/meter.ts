import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Counts } from './counts.ts';
import { DatabaseLimiter } from './database-limiter.ts';
import type { LimitName, Limits } from './limits.ts';

/** Counts what people use of their limits, by the minute. */
export interface Meter {
	/**
	 * Counts `amount` against a limit.
	 * @param who whose limit it is, such as `user:<id>` or `address:<prefix>`.
	 * @returns 0 when it was within the limit, otherwise the whole seconds to wait.
	 */
	spend(limit: LimitName, who: string, amount?: number): Promise<number>;
	/** Counts nothing; 0 while there is something left of the limit, otherwise the whole seconds to wait. */
	wait(limit: LimitName, who: string): Promise<number>;
}

/**
 * A meter in this process's memory, right for one server; with `counts` in the database, for all that share it. Where the
 * database does not count, each server counts in its memory: nobody gets past a limit of every server, nobody is kept out.
 */
export function createMeter(limits: Limits, counts?: Counts): Meter {
	const limiters = new Map<string, RateLimiterAbstract>(
		Object.entries(limits).map(([name, points]) => {
			const line = { keyPrefix: name, points, duration: 60 };
			const memory = new RateLimiterMemory(line);
			if (!counts) return [name, memory];
			// Whoever used a line up is refused without asking again.
			const shared = { ...line, inMemoryBlockOnConsumed: points, insuranceLimiter: memory };
			return [name, new DatabaseLimiter(counts, shared)];
		})
	);
	return {
		async spend(limit, who, amount = 1) {
			try {
				await limiters.get(limit)?.consume(who, amount);
				return 0;
			} catch (refusal) {
				if (!(refusal instanceof RateLimiterRes)) throw refusal;
				return secondsIn(refusal);
			}
		},
		async wait(limit, who) {
			const used = await limiters.get(limit)?.get(who);
			return used && used.consumedPoints >= limits[limit] ? secondsIn(used) : 0;
		}
	};
}

function secondsIn({ msBeforeNext }: RateLimiterRes): number {
	return Math.max(1, Math.ceil(msBeforeNext / 1000));
}
