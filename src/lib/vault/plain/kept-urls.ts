import type { RecordStore } from '../../device/record-store.ts';
import type { SignedUrl } from '../../sync/storage-client.ts';

/** Under this name signed URLs are kept sealed on the device until they end: whoever has one needs no session. */
const KEPT = 'signed-urls';

type Urls = { readonly [name: string]: SignedUrl };

/** The URL that is kept for an object; null where there is none, or its time has gone by. */
export async function keptUrl(store: RecordStore, name: string, now: number = Date.now()): Promise<string | null> {
	return standing(await store.readText(KEPT), now)[name]?.url ?? null;
}

/** Keeps one; those whose time has gone by go. Throws DeviceError. */
export async function keepUrl(store: RecordStore, name: string, url: SignedUrl): Promise<void> {
	await change(store, (urls) => ({ ...urls, [name]: url }));
}

/** Forgets one. Throws DeviceError. */
export async function dropUrl(store: RecordStore, name: string): Promise<void> {
	await change(store, ({ [name]: _, ...others }) => others);
}

async function change(store: RecordStore, make: (urls: Urls) => Urls): Promise<void> {
	await store.updateText(KEPT, (before) => {
		const urls = make(standing(before, Date.now()));
		return before === null && Object.keys(urls).length === 0 ? null : JSON.stringify(urls);
	});
}

/** Those that still hold, as an earlier page of this device wrote them. */
function standing(text: string | null, now: number): Urls {
	const urls = JSON.parse(text ?? '{}') as Urls;
	return Object.fromEntries(Object.entries(urls).filter(([, { until }]) => until > now));
}
