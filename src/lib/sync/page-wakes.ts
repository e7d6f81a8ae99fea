import type { WakeSource } from './sync-loop.ts';

/** Wakes when the page is looked at again, and when the network comes back. */
export const pageWakes: WakeSource = (wake) => {
	const ending = new AbortController();
	const { signal } = ending;
	const look = () => {
		if (document.visibilityState === 'visible') wake();
	};
	document.addEventListener('visibilitychange', look, { signal });
	window.addEventListener('focus', look, { signal });
	window.addEventListener('online', wake, { signal });
	return () => ending.abort();
};
