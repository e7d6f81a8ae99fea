import type { Visit } from './visit.ts';

/** Headers of a request that the backend is given; whatever else a browser sends stops here. */
const GIVEN = [
	'authorization',
	'apikey',
	'content-type',
	'accept',
	'accept-profile',
	'content-profile',
	'prefer',
	'range',
	'range-unit',
	'if-none-match',
	'x-client-info',
	'x-supabase-api-version',
	'x-upsert'
];

/** Headers of an answer that the browser is given; the backend's cross-origin permissions are not among them. */
const TAKEN = [
	'content-type',
	'content-range',
	'preference-applied',
	'etag',
	'last-modified',
	'x-sb-error-code',
	'x-supabase-api-version',
	'allow'
];

/** The request as the backend is asked it: its own headers, and a body that was read and perhaps replaced. */
export async function askBackend(
	{ server, request }: Visit,
	path: string,
	body?: Uint8Array<ArrayBuffer> | string
): Promise<Response> {
	const headers = new Headers();
	for (const name of GIVEN) {
		const value = request.headers.get(name);
		if (value !== null) headers.set(name, value);
	}
	const hasBody = body !== undefined && body.length > 0 && request.method !== 'GET' && request.method !== 'HEAD';
	return server.backend.fetch(path, { method: request.method, headers, ...(hasBody ? { body } : {}) });
}

/** The backend's answer as the browser gets it. */
export function tidy(answer: Response, body: BodyInit | null = answer.body): Response {
	const headers = new Headers({ 'cache-control': 'no-store' });
	for (const name of TAKEN) {
		const value = answer.headers.get(name);
		if (value !== null) headers.set(name, value);
	}
	return new Response(answer.status === 204 || answer.status === 304 ? null : body, { status: answer.status, headers });
}
