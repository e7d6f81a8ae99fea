/** How often a visible page asks for what is new. */
const EVERY = 60_000;

/**
 * Calls `refresh` when the page is looked at again, when the network comes back, and every minute while it is visible,
 * one call at a time. Gives what ends it. `refresh` must not reject.
 */
export function keepFresh(refresh: () => Promise<void>): () => void {
	let running = false;
	const look = () => {
		if (running || document.visibilityState !== 'visible') return;
		running = true;
		void refresh().finally(() => (running = false));
	};
	const ending = new AbortController();
	const { signal } = ending;
	document.addEventListener('visibilitychange', look, { signal });
	window.addEventListener('focus', look, { signal });
	window.addEventListener('online', look, { signal });
	const timer = setInterval(look, EVERY);
	return () => {
		ending.abort();
		clearInterval(timer);
	};
}
