import * as v from 'valibot';
import { routes } from '../api/routes.ts';
import type { AnswerOf, BodyOf, QueryOf, Route, RouteName } from '../api/routes.ts';
import type { SessionEnd } from '../api/sessions.ts';
import { ApiError, readProblem } from './api-error.ts';
import { mendRows } from './mend-rows.ts';
import { noteBuild } from './server-build.ts';
import { backoff, MAXIMUM_TRIES, pause, retryAfter } from './retry-delay.ts';

export interface ApiClientOptions {
	/** The access token; with `fresh`, a newly refreshed one. */
	accessToken(fresh?: boolean): Promise<string>;
	/** Told when the server says that the session of a token was ended, and how. */
	sessionOver?(token: string, how: SessionEnd): Promise<void>;
	/**
	 * Told when the server waits for the person's second step; gives whether it was shown, and the request is sent again.
	 * @param code `session/second-step`, or `session/fresh-step` where it must be one of the last minutes
	 * @param careful whether the person waits for this very request
	 */
	stepAsked?(code: string, careful: boolean): Promise<boolean>;
	fetch?: typeof fetch;
	pause?: typeof pause;
}

/** What goes with a call: `params` fill the route's path, `query` and `body` are as their schemas say. */
export interface CallInput<N extends RouteName> {
	params?: Readonly<{ [name: string]: string }>;
	query?: QueryOf<N>;
	body?: BodyOf<N>;
	signal?: AbortSignal;
	/** How often to send it at most when there is no answer; MAXIMUM_TRIES unless said. */
	tries?: number;
}

export interface ApiClient {
	/**
	 * Calls a route of the thin server and gives its answer, checked against the route's schema.
	 * Waits as `Retry-After` says on 429, asks once for a new token on 401, and sends what may be repeated again, byte for
	 * byte, when there was no answer or a gateway gave it. Throws ApiError, or the signal's reason.
	 */
	call<N extends RouteName>(name: N, input?: CallInput<N>): Promise<AnswerOf<N>>;
}

/** Posts that the server answers a second time as it did the first: reading, and changes that carry their own id. */
const repeatable: ReadonlySet<RouteName> = new Set<RouteName>([
	'pullRecords',
	'pushRecords',
	'listStale',
	'putPart',
	'completeContent',
	'resealRecords'
]);

/** Refusals after which no new token helps. */
const sessionEnds: ReadonlyMap<string, SessionEnd> = new Map([
	['session/revoked', 'revoked'],
	['session/expired', 'expired']
]);

interface Request {
	method: string;
	path: string;
	body: string | Blob | undefined;
	/** Whether bytes are asked for, instead of JSON. */
	bytes: boolean;
	repeatable: boolean;
	/** Whether the person waits for it, and it may do harm. */
	careful: boolean;
	tries: number;
	signal: AbortSignal | undefined;
}

const BYTES = 'application/octet-stream';

/** Longest wait for one answer: a push of 8 MiB over a slow line. */
const ANSWER_WITHIN = 120_000;

/** Makes the typed client of `/api`. */
export function createApiClient(options: ApiClientOptions): ApiClient {
	const ask = options.fetch ?? ((input, init) => fetch(input, init));
	const wait = options.pause ?? pause;

	async function attempt(request: Request, token: string): Promise<Response> {
		const deadline = AbortSignal.timeout(ANSWER_WITHIN);
		const headers = new Headers({
			authorization: `Bearer ${token}`,
			accept: request.bytes ? BYTES : 'application/json'
		});
		if (request.body !== undefined)
			headers.set('content-type', typeof request.body === 'string' ? 'application/json' : BYTES);
		try {
			return await ask(request.path, {
				method: request.method,
				headers,
				body: request.body ?? null,
				signal: request.signal ? AbortSignal.any([request.signal, deadline]) : deadline,
				cache: 'no-store',
				credentials: 'omit'
			});
		} catch {
			request.signal?.throwIfAborted();
			throw new ApiError('sync/unreachable', 0);
		}
	}

	async function exchange(request: Request): Promise<unknown> {
		let token = await options.accessToken();
		let refreshed = false;
		let shown = false;
		for (let tries = 1; ; tries++) {
			let problem: ApiError;
			let delay: number | null = null;
			try {
				const answer = await attempt(request, token);
				noteBuild(answer.headers);
				if (answer.ok) return await readAnswer(answer, request);
				problem = await readProblem(answer);
				delay = problem.retryAfter = retryAfter(answer.headers.get('retry-after'));
			} catch (error) {
				if (!(error instanceof ApiError)) throw error;
				problem = error;
			}
			if (problem.awaitsStep && !shown) {
				shown = (await options.stepAsked?.(problem.code, request.careful)) ?? false;
				if (shown) continue;
			}
			const how = sessionEnds.get(problem.code);
			if (how) {
				await options.sessionOver?.(token, how);
				throw problem;
			}
			if (problem.status === 401 && !refreshed) {
				refreshed = true;
				token = await options.accessToken(true);
				continue;
			}
			if (tries >= request.tries || !mayRepeat(problem, request)) throw problem;
			await wait(delay ?? backoff(tries), request.signal);
		}
	}

	return {
		async call<N extends RouteName>(name: N, input: CallInput<N> = {}) {
			const route: Route = routes[name];
			const answer = await exchange({
				method: route.method,
				path: addressOf(route.path, input.params, input.query),
				// Written once: what is sent again is the same text.
				body: written(input.body),
				bytes: route.gives === 'bytes',
				tries: input.tries ?? MAXIMUM_TRIES,
				careful: route.budget === 'sensitive' || route.budget === 'highRisk',
				repeatable: route.method === 'GET' || repeatable.has(name),
				signal: input.signal
			});
			if (route.gives === 'bytes') return answer as AnswerOf<N>;
			if (route.answer === null) return null as AnswerOf<N>;
			const whole = v.safeParse(route.answer, answer);
			const parsed = whole.success ? whole : v.safeParse(route.answer, mendRows(answer));
			if (!parsed.success) throw new ApiError('sync/bad-answer', 200, v.getDotPath(parsed.issues[0]) ?? '');
			return parsed.output as AnswerOf<N>;
		}
	};
}

/**
 * A body as it travels; nothing of nothing. Bytes go as a blob: an array is one message between Chromium's processes, which
 * takes four times as much of the processor.
 */
function written(body: unknown): Request['body'] {
	if (body instanceof Uint8Array) return new Blob([body as Uint8Array<ArrayBuffer>]);
	return body === undefined ? undefined : JSON.stringify(body);
}

function addressOf(path: string, params: CallInput<RouteName>['params'], query: unknown): string {
	const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params?.[key] ?? ''));
	const asked = Object.entries(query ?? {}).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
	return asked.length === 0 ? filled : `${filled}?${new URLSearchParams(asked).toString()}`;
}

/** A request that was turned away by a limit did nothing, so it may always be sent again. */
function mayRepeat(problem: ApiError, request: Request): boolean {
	if (problem.status === 429) return true;
	return request.repeatable && [0, 502, 503, 504].includes(problem.status);
}

async function readAnswer(answer: Response, { bytes, signal }: Request): Promise<unknown> {
	if (answer.status === 204) return null;
	let text: string;
	try {
		if (bytes) return new Uint8Array(await answer.arrayBuffer());
		text = await answer.text();
	} catch {
		// The connection broke inside the body: the server did its part, the answer is lost.
		signal?.throwIfAborted();
		throw new ApiError('sync/unreachable', 0);
	}
	try {
		return JSON.parse(text);
	} catch {
		throw new ApiError('sync/bad-answer', answer.status);
	}
}
