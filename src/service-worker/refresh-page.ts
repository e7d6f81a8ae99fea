import { getCacheKeyForURL } from 'workbox-precaching';
import type { PrecacheEntry } from 'workbox-precaching';

/**
 * Replaces a kept page by the same page with the headers of today. Its policy names the backend's origin, which the
 * server is told when it starts: kept for good, it would lock the app out of a backend that has moved. Anything but the
 * same bytes, such as the page of a newer version, is refused by the browser and changes nothing; so does a network that
 * is not there.
 * @param cache the name of the cache that has it
 */
export async function refreshPage(cache: string, { url, integrity }: PrecacheEntry): Promise<void> {
	const key = getCacheKeyForURL(url);
	if (key === undefined || integrity === undefined) return;
	try {
		const answer = await fetch(url, { integrity, cache: 'reload', credentials: 'same-origin' });
		if (answer.ok && !answer.redirected) await (await caches.open(cache)).put(key, answer);
	} catch {
		// Offline, or another version is being served: what is kept stays.
	}
}
