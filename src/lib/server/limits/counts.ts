import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { setTimeout as pass } from 'node:timers/promises';
import { labels } from '../../crypto/labels.ts';
import type { Backend } from '../backend/backend.ts';
import type { Log } from '../log.ts';
import type { SystemKeys } from '../system-layer/index.ts';
import type { Prover } from '../two-factor/prover.ts';

/** How long the database may take to count, in milliseconds: each request waits for it. */
const PATIENCE = 1_000;
/** How long it is not asked again after it did not count, in milliseconds. */
const REST = 5_000;

/** Counts in the database, which all servers that use it share. Each throws where it does not answer in time. */
export interface Counts {
	/**
	 * @param key of which limit and whose.
	 * @param amount what is added; 0 only reads.
	 * @param seconds after which a count that begins now begins anew.
	 * @returns what was used, and the milliseconds until it begins anew.
	 */
	use(key: string, amount: number, seconds: number): Promise<{ used: number; wait: number }>;
	/**
	 * @param free how many attempts go unpunished.
	 * @returns the seconds for which none is taken (0: this one is), and whether none is after this one.
	 */
	attempt(key: string, free: number): Promise<{ wait: number; last: boolean }>;
	forget(key: string): Promise<void>;
}

/** What counting in the database takes of the server. */
export interface CountParts {
	backend: Pick<Backend, 'fetch' | 'publishableKey'>;
	prover: Prover;
	ring: SystemKeys;
	log: Pick<Log, 'warn'>;
}

/**
 * Counts by the database's functions, which believe the server's proof alone. Keys go there as HMAC-SHA-256 under a key
 * of the ring: no address and no e-mail.
 * @param patience milliseconds, for tests.
 */
export function createCounts({ backend, prover, ring, log }: CountParts, patience = PATIENCE): Counts {
	const system = ring.keys.get(ring.active);
	if (!system) throw new Error('the ring has no active key');
	const key = createSecretKey(Buffer.from(hkdfSync('sha256', system, '', labels.counts, 32)));
	const hide = (who: string) => createHmac('sha256', key).update(who).digest('base64url');
	const headers = { apikey: backend.publishableKey, 'content-type': 'application/json' };
	let restsUntil = 0;

	async function ask(name: string, detail: string, args: object): Promise<unknown> {
		const body = JSON.stringify({ ...args, proof: prover.prove('count', null, detail) });
		const signal = AbortSignal.timeout(patience);
		const answer = await backend.fetch(`/rest/v1/rpc/${name}`, { method: 'POST', headers, body, signal });
		const text = await answer.text();
		if (!answer.ok) throw new Error(`the database does not count: HTTP ${answer.status}`);
		return text === '' ? null : JSON.parse(text);
	}

	/** What is asked of a database that rests, or takes too long, fails at once: whoever asks counts in memory. */
	async function inTime(name: string, detail: string, args: object): Promise<unknown> {
		if (Date.now() < restsUntil) throw new Error('the database rests');
		const answered = new AbortController();
		const late = pass(patience, undefined, { signal: answered.signal, ref: false }).then(() => {
			throw new Error('the database takes too long to count');
		});
		try {
			return await Promise.race([ask(name, detail, args), late]);
		} catch (error) {
			restsUntil = Date.now() + REST;
			const why = error instanceof Error ? error.message : 'unknown';
			log.warn('limits are counted in memory for a while', { why });
			throw error;
		} finally {
			late.catch(() => undefined);
			answered.abort();
		}
	}

	return {
		async use(who, amount, seconds) {
			const [hidden, whole] = [hide(who), Math.ceil(amount)];
			const detail = ['use', hidden, whole, seconds].join('|');
			const answer = await inTime('count_use', detail, { key: hidden, amount: whole, seconds });
			return answer as { used: number; wait: number };
		},
		async attempt(who, free) {
			const hidden = hide(who);
			const answer = await inTime('count_attempt', `attempt|${hidden}|${free}`, { key: hidden, free });
			return answer as { wait: number; last: boolean };
		},
		async forget(who) {
			const hidden = hide(who);
			await inTime('forget_count', `forget|${hidden}`, { key: hidden });
		}
	};
}
