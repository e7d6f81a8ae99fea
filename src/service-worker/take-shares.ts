import { keepShare } from '../lib/device/keep-share.ts';
import { tellShared } from '../lib/device/share-news.ts';
import { refusedShare, SHARE, SHARE_FIELD, SHARED } from '../lib/files/share-words.ts';

/** The part of the service worker's scope that is needed here. */
export interface ShareWorker {
	readonly location: { readonly origin: string };
	addEventListener(type: 'fetch', listener: (event: Posted) => void): void;
}
interface Posted {
	readonly request: Request;
	respondWith(answer: Promise<Response>): void;
	stopImmediatePropagation(): void;
}

/**
 * Takes files that are shared with the installed app, before the network has anything of them: they are sealed to whoever
 * is signed in here, and the person is led to where they are asked what to do with them. Any site can make a browser post
 * such a form, and nothing tells that from the system doing so: what comes is held to limits and offered, no more.
 */
export function takeShares(worker: ShareWorker): void {
	worker.addEventListener('fetch', (event) => {
		const { request } = event;
		const { pathname, origin } = new URL(request.url);
		if (request.method !== 'POST' || origin !== worker.location.origin || pathname !== SHARE) return;
		event.respondWith(answer(request));
		event.stopImmediatePropagation();
	});
}

async function answer(request: Request): Promise<Response> {
	const refused = await keepShare(await filesOf(request));
	if (refused === null) tellShared();
	return Response.redirect(refused === null ? SHARED : refusedShare(refused), 303);
}

/** The files of a form; a field that nobody filled holds one without name and content. */
async function filesOf(request: Request): Promise<File[]> {
	try {
		const entries = (await request.formData()).getAll(SHARE_FIELD);
		return entries.filter((entry) => typeof entry !== 'string').filter(({ name, size }) => name !== '' || size > 0);
	} catch {
		return [];
	}
}
