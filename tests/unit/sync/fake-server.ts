import { createApiClient } from '../../../src/lib/sync/api-client.ts';
import type { ApiClient } from '../../../src/lib/sync/api-client.ts';

/** One request as it reached the wire: method, path, the exact text of its body, its token. */
export interface Sent {
	method: string;
	path: string;
	text: string;
	token: string;
}

/** How the fake answers: JSON, a whole Response, or no answer at all. */
export type Answer = Response | 'lost' | object;

export function problem(status: number, type: string, headers: Record<string, string> = {}): Response {
	const body = JSON.stringify({ type: `/problems/${type}`, title: type, status });
	return new Response(body, { status, headers: { 'content-type': 'application/problem+json', ...headers } });
}

/**
 * A client on a wire that `answer` plays; nothing is waited for, `waits` notes what would have been.
 * `answer` is called with the request and its number, from 0.
 */
export function fakeServer(answer: (sent: Sent, number: number) => Answer): {
	client: ApiClient;
	sent: Sent[];
	waits: number[];
	tokens: (boolean | undefined)[];
} {
	const sent: Sent[] = [];
	const waits: number[] = [];
	const tokens: (boolean | undefined)[] = [];
	const client = createApiClient({
		accessToken: (fresh) => {
			tokens.push(fresh);
			return Promise.resolve(fresh ? 'fresh-token' : 'token');
		},
		pause: (ms) => {
			waits.push(ms);
			return Promise.resolve();
		},
		fetch: (input, init) => {
			const headers = new Headers(init?.headers);
			const text = typeof init?.body === 'string' ? init.body : '';
			const path = input as string;
			sent.push({ method: init?.method ?? '', path, text, token: headers.get('authorization') ?? '' });
			const given = answer(sent[sent.length - 1] as Sent, sent.length - 1);
			if (given === 'lost') return Promise.reject(new TypeError('Failed to fetch'));
			return Promise.resolve(given instanceof Response ? given : Response.json(given));
		}
	});
	return { client, sent, waits, tokens };
}
