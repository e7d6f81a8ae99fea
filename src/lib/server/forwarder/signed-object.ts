import type { RequestEvent } from '@sveltejs/kit';
import { readPlainName } from '../../api/plain-objects.ts';
import { HEAD, sniffHead } from '../../files/sniff.ts';
import { refuse } from '../http/refusal.ts';
import { noteOf } from '../http/request-note.ts';
import type { Visit } from './visit.ts';

const PREFIX = '/storage/v1/object/sign/plain/';

/** Whether a request reads an object by a signed URL, which is all that is shown for it: no key of the app, no session. */
export function readsSigned(method: string, path: string): boolean {
	return method === 'GET' && path.startsWith(PREFIX);
}

/**
 * Gives the object that a signed URL names. It never becomes a page: its type is what its first bytes say, of a fixed
 * list that has neither HTML nor SVG nor scripts in it, and it is a download (attacks.md, row 42).
 * @throws Refusal `content/not-found` where the URL does not hold (any more), or there is no such object.
 */
export async function giveSigned({ server, url, prefix }: Visit, event: RequestEvent, path: string): Promise<Response> {
	const token = url.searchParams.get('token');
	if (!token || !readPlainName(path.slice(PREFIX.length))) throw refuse('content/not-found');
	noteOf(server, event).route = '/supabase/storage/sign';
	const wait = await server.meter.spend('parts', `signed:address:${prefix}`);
	if (wait > 0) throw refuse('access/limit', { headers: { 'retry-after': String(wait) } });
	const answer = await server.backend.fetch(`${path}?token=${encodeURIComponent(token)}`);
	if (!answer.ok) {
		await answer.body?.cancel();
		throw refuse('content/not-found');
	}
	const bytes = new Uint8Array(await answer.arrayBuffer());
	const late = await server.meter.spend('partBytes', `signed:address:${prefix}`, bytes.byteLength);
	if (late > 0) throw refuse('access/limit', { headers: { 'retry-after': String(late) } });
	const headers = {
		'content-type': sniffHead(bytes.subarray(0, HEAD)) ?? 'application/octet-stream',
		'content-disposition': 'attachment',
		'cache-control': 'no-store'
	};
	return new Response(bytes, { headers });
}
