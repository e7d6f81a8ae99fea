import type { RequestEvent } from '@sveltejs/kit';
import type { Arca, RequestNote } from '../arca.ts';

/**
 * What the log line of this request will say beyond what the connection knows. In the built server our entry writes
 * the line, and knows the request by Node's own object; in development the hook does.
 */
export function noteOf(server: Arca, event: RequestEvent): RequestNote {
	const key = (event.platform)?.req ?? event.request;
	const known = server.notes.get(key);
	if (known) return known;
	const note: RequestNote = {};
	server.notes.set(key, note);
	return note;
}
