import { randomUUID } from 'node:crypto';
import type { RequestEvent, RequestHandler } from '@sveltejs/kit';
import type * as v from 'valibot';
import { routes } from '../../api/routes.ts';
import type { AnswerOf, Budget, Route, RouteName } from '../../api/routes.ts';
import { envelopeRoom } from '../../crypto/envelope.ts';
import { arca } from '../arca.ts';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { sweepNowAndThen } from '../contents/sweep-parts.ts';
import type { LimitName } from '../limits/limits.ts';
import { addressPrefix } from './client-address.ts';
import { check } from './check.ts';
import { inOnePiece } from './one-piece.ts';
import { readBody, readJson } from './read-body.ts';
import { answerProblem, problemOf, Refusal, refuse } from './refusal.ts';
import { noteOf } from './request-note.ts';

/** What a route has to work with once everything has been checked. */
export interface Task<N extends RouteName> {
	arca: Arca;
	/** Who asks. Meaningless on a route that needs no token. */
	person: Person;
	params: ParamsOf<N>;
	query: CheckedQueryOf<N>;
	body: CheckedBodyOf<N>;
}

type Schema = v.GenericSchema;
type ParamsOf<N extends RouteName> = (typeof routes)[N] extends { params: infer S extends Schema }
	? v.InferOutput<S>
	: undefined;
type CheckedQueryOf<N extends RouteName> = (typeof routes)[N] extends { query: infer S extends Schema }
	? v.InferOutput<S>
	: undefined;
type CheckedBodyOf<N extends RouteName> = (typeof routes)[N] extends { takes: 'bytes' }
	? Uint8Array<ArrayBuffer>
	: (typeof routes)[N] extends { body: infer S extends Schema }
		? v.InferOutput<S>
		: undefined;

const SMALL_BODY = 64 * 1024;
const limitOf: { [budget in Budget]: LimitName } = {
	open: 'open',
	read: 'read',
	write: 'write',
	sensitive: 'sensitive',
	highRisk: 'highRisk',
	pull: 'records',
	push: 'records',
	parts: 'parts',
	reports: 'reports'
};
const NOBODY: Person = { id: '', session: '', token: '' };

/**
 * A route of the table as SvelteKit wants it: token, limit, shape, then `act`, and the answer as JSON or as a problem.
 * @param schema checks the body instead of the table's, where the route looks closer itself.
 */
export function serveRoute<N extends RouteName>(
	name: N,
	act: (task: Task<N>) => Promise<AnswerOf<N> | Response | Uint8Array>,
	schema?: Schema
): RequestHandler {
	const route: Route = routes[name];
	return async (event) => {
		const server = await arca();
		try {
			const person = route.token ? await requirePerson(server, event) : NOBODY;
			const who = route.token ? holder(route, person) : `address:${addressPrefix(addressOf(event))}`;
			await spend(server, route.budget, who);
			const params = route.params ? check(route.params, event.params) : undefined;
			const query = route.query ? check(route.query, Object.fromEntries(event.url.searchParams)) : undefined;
			const body = await readChecked(server, event.request, route, schema ?? route.body, who);
			const task = { arca: server, person, params, query, body } as Task<N>;
			const answer = await act(task);
			if (route.token && !route.beforeStep) sweepNowAndThen(server, person);
			if (answer instanceof Response) return answer;
			if (answer instanceof Uint8Array) {
				noteOf(server, event).sent = answer;
				return answerBytes(answer);
			}
			const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
			return new Response(answer === null ? null : JSON.stringify(answer), { status: route.status, headers });
		} catch (error) {
			return answerError(server, error);
		}
	};
}

/**
 * Whose limit a request counts against. What may be tried before the second step is counted by session: whoever knows the
 * password must not use up what the owner has, whose guesses the database counts together.
 */
function holder({ beforeStep }: Route, { id, session }: Person): string {
	return beforeStep ? `session:${session}` : `user:${id}`;
}

/** Bytes as they are. Whoever writes the log line lets go of them (`RequestNote.sent`). */
function answerBytes(bytes: Uint8Array): Response {
	const headers = {
		'content-type': 'application/octet-stream',
		'content-disposition': 'attachment',
		'cache-control': 'no-store'
	};
	return new Response(inOnePiece(bytes), { headers });
}

/** The answer to whatever was thrown: the problem of a refusal, or one that says nothing but an id. */
export function answerError(server: Arca, error: unknown): Response {
	if (error instanceof Refusal) return answerProblem(error.problem, error.headers);
	const id = randomUUID();
	server.log.unexpected(id, error);
	return answerProblem(problemOf('server/unexpected', { detail: `It was noted under ${id}.` }));
}

/** Where the request comes from, as the adapter knows it (`ADDRESS_HEADER` behind a proxy). */
export function addressOf(event: RequestEvent): string {
	try {
		return event.getClientAddress();
	} catch {
		return '0.0.0.0';
	}
}

async function requirePerson(server: Arca, event: RequestEvent): Promise<Person> {
	const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(event.request.headers.get('authorization') ?? '')?.[1];
	const address = `address:${addressPrefix(addressOf(event))}`;
	const full = token && server.backend.mustAsk(token) ? await server.meter.wait('badTokens', address) : 0;
	if (full > 0) throw refuse('access/limit', { headers: { 'retry-after': String(full) } });
	const person = token ? await server.backend.identify(token) : null;
	const challenge = { headers: { 'www-authenticate': 'Bearer' } };
	if (!person) {
		const wait = await server.meter.spend('badTokens', address);
		if (wait > 0) throw refuse('access/limit', { headers: { 'retry-after': String(wait) } });
		throw refuse(token ? 'session/ended' : 'session/missing', challenge);
	}
	noteOf(server, event).user = person.id;
	return person;
}

async function spend(server: Arca, budget: Budget, who: string): Promise<void> {
	const wait = await server.meter.spend(limitOf[budget], `${budget}:${who}`);
	if (wait > 0) throw refuse('access/limit', { headers: { 'retry-after': String(wait) } });
}

async function readChecked(
	server: Arca,
	request: Request,
	route: Route,
	schema: Schema | undefined,
	who: string
): Promise<unknown> {
	if (route.takes) return readBytes(server, request, route, who);
	if (!schema) return undefined;
	const { value, bytes } = await readJson(request, route.bodyBytes ?? SMALL_BODY, route.mediaType);
	if (route.budget === 'push') {
		const wait = await server.meter.spend('recordBytes', `push:${who}`, bytes);
		if (wait > 0) throw refuse('access/limit', { headers: { 'retry-after': String(wait) } });
	}
	return check(schema, value);
}

async function readBytes(server: Arca, request: Request, route: Route, who: string): Promise<Uint8Array> {
	const [type] = (request.headers.get('content-type') ?? '').split(';');
	if (type?.trim().toLowerCase() !== 'application/octet-stream')
		throw refuse('request/content-type', { detail: 'This one takes application/octet-stream.' });
	const bytes = await readBody(request, route.bodyBytes ?? SMALL_BODY, envelopeRoom);
	const wait = await server.meter.spend('partBytes', `${who}`, bytes.byteLength);
	if (wait > 0) throw refuse('access/limit', { headers: { 'retry-after': String(wait) } });
	return bytes;
}
