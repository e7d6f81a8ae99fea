import { RateLimiterRes } from 'rate-limiter-flexible';
import type { IRateLimiterStoreOptions } from 'rate-limiter-flexible';
import RateLimiterStoreAbstract from 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js';
import type { Counts } from './counts.ts';

type Stored = Awaited<ReturnType<Counts['use']>>;

/** A limiter of `rate-limiter-flexible` whose store is the database's counts; the names with `_` are what it asks of a store. */
export class DatabaseLimiter extends RateLimiterStoreAbstract {
	readonly #counts: Counts;

	constructor(counts: Counts, options: Omit<IRateLimiterStoreOptions, 'storeClient'>) {
		super({ ...options, storeClient: counts });
		this.#counts = counts;
	}

	/** Adds points; nothing here sets a count to a value, so `forceExpire` is never asked for. */
	_upsert(key: string, points: number, milliseconds: number): Promise<Stored> {
		return this.#counts.use(key, points, Math.ceil(milliseconds / 1000));
	}

	async _get(key: string): Promise<Stored | null> {
		const stored = await this.#counts.use(key, 0, 1);
		return stored.used > 0 ? stored : null;
	}

	async _delete(key: string): Promise<boolean> {
		await this.#counts.forget(key);
		return true;
	}

	_getRateLimiterRes(_key: string, points: number, { used, wait }: Stored): RateLimiterRes {
		return new RateLimiterRes(Math.max(this.points - used, 0), wait, used, used === points);
	}
}
