import type { RequestEvent } from '@sveltejs/kit';
import type { Arca } from '../arca.ts';
import { readBody } from '../http/read-body.ts';
import { answerProblem, problemOf } from '../http/refusal.ts';
import { noteOf } from '../http/request-note.ts';
import { answerError } from '../http/serve-route.ts';
import { refuseAuth } from './auth-refusal.ts';
import { changeAccount } from './change-account.ts';
import { askBackend, tidy } from './pass-on.ts';
import { recover } from './recover.ts';
import { refresh } from './refresh.ts';
import { resendCode } from './resend-code.ts';
import { signIn } from './sign-in.ts';
import { signUp } from './sign-up.ts';
import { giveSigned, readsSigned } from './signed-object.ts';
import { forwardStorage } from './storage.ts';
import { verifyCode } from './verify-code.ts';
import { stepNeeded } from '../two-factor/state.ts';
import { visitOf } from './visit.ts';
import type { Visit } from './visit.ts';

/** A request to a path of rows; as large as a push. */
const MOST_BYTES = 4 * 1024 * 1024 + 64 * 1024;

/** Every way to sign in, up and out that is open; whatever else the backend can do about accounts is not reached from outside. */
const accountPaths: { readonly [request: string]: (visit: Visit) => Promise<Response> } = {
	'POST /auth/v1/signup': signUp,
	'POST /auth/v1/token?grant_type=password': signIn,
	'POST /auth/v1/token?grant_type=refresh_token': refresh,
	'POST /auth/v1/recover': recover,
	'POST /auth/v1/verify': verifyCode,
	'POST /auth/v1/resend': resendCode,
	'PUT /auth/v1/user': changeAccount,
	'GET /auth/v1/user': (visit) => passAs(visit, '/auth/v1/user'),
	'POST /auth/v1/logout': signOut
};

/** Rows and functions, by their own paths; the backend's row-level security decides about each. */
const DATA_PATH = /^\/rest\/v1\/(?:rpc\/)?[a-z0-9_]+$/;

/**
 * Answers a request below `/supabase` from the embedded backend.
 * @param path below `/supabase`, as in `/auth/v1/user`.
 */
export async function forward(server: Arca, event: RequestEvent, path: string): Promise<Response> {
	const accounts = server.backend.local;
	if (!accounts) return answerProblem(problemOf('request/not-found'));
	try {
		const visit = visitOf(server, accounts, event);
		if (readsSigned(visit.request.method, path)) return await giveSigned(visit, event, path);
		if (visit.request.headers.get('apikey') !== server.backend.publishableKey) return refuseKey();
		if (path.startsWith('/auth/')) return await forwardAccount(visit, event, path);
		if (path.startsWith('/storage/')) return await forwardStorage(visit, event, path);
		if (!DATA_PATH.test(path)) return answerProblem(problemOf('request/not-found'));
		noteOf(server, event).route = '/supabase/rest';
		return await forwardData(visit, event, path);
	} catch (error) {
		return answerError(server, error);
	}
}

async function forwardAccount(visit: Visit, event: RequestEvent, path: string): Promise<Response> {
	const grant = visit.url.searchParams.get('grant_type');
	const name = `${visit.request.method} ${path}${path.endsWith('/token') ? `?grant_type=${grant}` : ''}`;
	const handle = Object.hasOwn(accountPaths, name) ? accountPaths[name] : undefined;
	if (!handle) return refuseAuth('not_found');
	noteOf(visit.server, event).route = `/supabase${path}`;
	return handle(visit);
}

async function forwardData(visit: Visit, event: RequestEvent, path: string): Promise<Response> {
	const { server, request, url, prefix } = visit;
	const token = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
	const person = token ? await server.backend.identify(token) : null;
	if (person) noteOf(server, event).user = person.id;
	const wait = await server.meter.spend('backend', person ? `data:user:${person.id}` : `data:address:${prefix}`);
	if (wait > 0) return answerProblem(problemOf('access/limit'), { 'retry-after': String(wait) });
	const body = await readBody(request, MOST_BYTES);
	return tidy(await askBackend(visit, `${path}${url.search}`, body));
}

/** Passes a request about an account on without its body and query, neither of which it needs. */
async function passAs(visit: Visit, path: string): Promise<Response> {
	const { server, request, prefix } = visit;
	const token = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
	const person = token ? await server.backend.identify(token) : null;
	const wait = person
		? await server.meter.spend('read', `auth:user:${person.id}`)
		: await server.meter.spend('badTokens', `address:${prefix}`);
	if (wait > 0) return refuseAuth('over_request_rate_limit', wait);
	return tidy(await askBackend(visit, path));
}

/** Signs out here; elsewhere only a session may that has shown its second step, or a thief could. */
async function signOut(visit: Visit): Promise<Response> {
	const scope = scopeOf(visit);
	const token = /^Bearer (.+)$/.exec(visit.request.headers.get('authorization') ?? '')?.[1];
	const person = token && scope !== 'local' ? await visit.server.backend.identify(token) : null;
	if (person && (await stepNeeded(visit.server, person)) === 'second') return refuseAuth('insufficient_aal');
	const answer = await passAs(visit, `/auth/v1/logout?scope=${scope}`);
	if (answer.ok) await visit.accounts.noteEnds();
	return answer;
}

function scopeOf({ url }: Visit): 'global' | 'local' | 'others' {
	const scope = url.searchParams.get('scope');
	return scope === 'local' || scope === 'others' ? scope : 'global';
}

function refuseKey(): Response {
	const message = 'The apikey of this installation is needed; GET /api/config tells it.';
	return answerProblem({ ...problemOf('session/missing', { detail: message }), title: 'No API key' });
}
