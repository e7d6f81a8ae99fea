/** A file of the build: its address, and the hash of its bytes. */
export interface LateEntry {
	readonly url: string;
	readonly integrity?: string;
}

/** The part of the service worker's scope that is needed here. */
export interface LateWorker {
	readonly location: { readonly origin: string };
	addEventListener(type: 'fetch', listener: (event: Asked) => void): void;
	addEventListener(type: 'activate', listener: (event: { waitUntil(work: Promise<unknown>): void }) => void): void;
}
interface Asked {
	readonly request: Request;
	respondWith(answer: Promise<Response>): void;
}

const CACHE = 'late';

/**
 * Keeps files of this version that few need, from when a page asks for them first: whatever they opened once opens again
 * without a network. They are named by their content, and other bytes than those they were listed with are refused.
 */
export function keepLate(worker: LateWorker, entries: readonly LateEntry[]): void {
	const listed = new Map(entries.map((entry) => [worker.location.origin + entry.url, entry]));

	worker.addEventListener('fetch', (event) => {
		const entry = listed.get(event.request.url);
		if (entry) event.respondWith(serve(entry));
	});

	// What an earlier version kept goes with it.
	worker.addEventListener('activate', (event) => event.waitUntil(dropOthers(listed)));
}

async function serve({ url, integrity }: LateEntry): Promise<Response> {
	const cache = await caches.open(CACHE);
	const kept = await cache.match(url);
	if (kept) return kept;
	const answer = await fetch(url, { credentials: 'same-origin', ...(integrity ? { integrity } : {}) });
	// Where there is no room it is asked for again the next time.
	if (answer.ok) await cache.put(url, answer.clone()).catch(() => undefined);
	return answer;
}

async function dropOthers(listed: ReadonlyMap<string, LateEntry>): Promise<void> {
	const cache = await caches.open(CACHE);
	for (const request of await cache.keys()) if (!listed.has(request.url)) await cache.delete(request);
}
