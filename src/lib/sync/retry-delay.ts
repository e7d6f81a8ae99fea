/** Tries of one request that may be sent again: with the waits below about half a minute without a network. */
export const MAXIMUM_TRIES = 7;

/** Tries while a person waits beside a form: about three seconds, then they are told. */
export const TRIES_IN_VIEW = 4;

/**
 * How long to wait before try number `tries + 1`, in milliseconds: 0.5 s doubling to at most 16 s, with up to a
 * quarter taken off by chance so that tabs which lost the network together do not come back in step.
 */
export function backoff(tries: number, chance: () => number = Math.random): number {
	const longest = Math.min(500 * 2 ** (tries - 1), 16_000);
	return Math.round(longest * (1 - chance() / 4));
}

/**
 * `Retry-After` (RFC 9110, 10.2.3) in milliseconds: seconds or an HTTP date; null where absent or unreadable.
 * Never more than two minutes, so that a strange header does not park a save.
 */
export function retryAfter(header: string | null, now: number = Date.now()): number | null {
	if (header === null) return null;
	const wait = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
	return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), 120_000);
}

/** Resolves after `ms`; rejects with the signal's reason as soon as it is aborted. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		if (signal?.aborted) return reject(signal.reason as Error);
		const onAbort = () => {
			clearTimeout(timer);
			reject(signal?.reason as Error);
		};
		const timer = setTimeout(() => {
			signal?.removeEventListener('abort', onAbort);
			resolve();
		}, ms);
		signal?.addEventListener('abort', onAbort, { once: true });
	});
}
