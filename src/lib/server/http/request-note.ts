import type { RequestEvent } from '@sveltejs/kit';
import type { Arca, RequestNote } from '../arca.ts';

/**
 * What the log line of this request will say beyond what the connection knows. In the built server our entry writes
 * the line, and knows the request by Node's own object; in development the hook does.
 */
export function noteOf(server: Arca, event: RequestEvent): RequestNote {
	const key = nodeRequest(event.platform) ?? event.request;
	const known = server.notes.get(key);
	if (known) return known;
	const note: RequestNote = {};
	server.notes.set(key, note);
	return note;
}

/** Node's request, which the adapter passes along; there is none in development. */
function nodeRequest(platform: unknown): object | undefined {
	if (typeof platform !== 'object' || platform === null || !('req' in platform)) return undefined;
	return typeof platform.req === 'object' && platform.req !== null ? platform.req : undefined;
}
