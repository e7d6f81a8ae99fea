import { randomUUID } from 'node:crypto';
import type { Handle, HandleServerError } from '@sveltejs/kit';
import { building } from '$app/environment';
import { arca, runArca } from '$lib/server/arca.ts';
import type { Arca } from '$lib/server/arca.ts';
import { describe } from '$lib/server/log.ts';
import { policies, securityHeaders } from '$lib/server/headers.ts';
import { answerProblem, problemOf } from '$lib/server/http/refusal.ts';
import { answersData, requestPath } from '$lib/server/http/request-path.ts';
import { noteOf } from '$lib/server/http/request-note.ts';
import { addressOf } from '$lib/server/http/serve-route.ts';

/** In production our own entry has started the server by now; in development this does. */
export async function init(): Promise<void> {
	if (building || !import.meta.env.DEV) return;
	const [{ bootArca }, { readSettings }] = await Promise.all([
		import('$lib/server/boot-arca.ts'),
		import('$lib/server/settings.ts')
	]);
	await runArca(() => bootArca(readSettings(process.env), console.log));
}

export const handle: Handle = async ({ event, resolve }) => {
	if (building) return resolve(event);
	const began = performance.now();
	const server = await arca();
	const note = noteOf(server, event);
	note.route ??= event.route.id ?? '(none)';
	note.address = addressOf(event);
	const path = requestPath(event.url.pathname);
	const answer = asProblem(path, await resolve(event));
	if (import.meta.env.DEV) {
		for (const [name, value] of securityHeaders) answer.headers.set(name, value);
		for (const policy of policies(path, server.backend.publicUrl, []))
			answer.headers.append('content-security-policy', policy);
		const duration = Math.round(performance.now() - began);
		server.log.request({
			method: event.request.method,
			route: note.route,
			status: answer.status,
			duration,
			...hashed(server, note)
		});
	}
	return answer;
};

/** What nobody expected on the way to a page: noted under an id, of which the person is told. */
export const handleError: HandleServerError = async ({ error, status }) => {
	if (status === 404) return { message: 'Not found', code: 'request/not-found' };
	if (building) {
		console.error(error);
		return { message: 'Error' };
	}
	const id = randomUUID();
	(await arca()).log.warn('a page failed', { id, ...describe(error) });
	return { message: 'Something went wrong here', code: `server/unexpected ${id}` };
};

/** Below /api even an unknown address or a wrong method is answered with a problem. */
function asProblem(path: string, answer: Response): Response {
	if (!answersData(path)) return answer;
	const isOurs = (answer.headers.get('content-type') ?? '').includes('json');
	if (isOurs) return answer;
	if (answer.status === 404) return answerProblem(problemOf('request/not-found'));
	if (answer.status !== 405) return answer;
	const allow = answer.headers.get('allow');
	return answerProblem(problemOf('request/method'), allow ? { allow } : {});
}

function hashed(
	{ log }: Arca,
	{ user, address }: { user?: string; address?: string }
): { user?: string; address?: string } {
	return { ...(user ? { user: log.hash(user) } : {}), ...(address ? { address: log.hash(address) } : {}) };
}
