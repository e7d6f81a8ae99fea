import type { Problem } from '../../api/problem.ts';
import { PROBLEM_TYPE } from '../../api/problem.ts';

/** A request that is answered with a problem (RFC 9457) instead of what it asked for. */
export class Refusal extends Error {
	readonly problem: Problem;
	readonly headers: { [name: string]: string };

	constructor(problem: Problem, headers: { [name: string]: string } = {}) {
		super(problem.type);
		this.name = 'Refusal';
		this.problem = problem;
		this.headers = headers;
	}
}

const titles = {
	'request/invalid': [422, 'The request does not have the shape that this route takes'],
	'request/not-json': [400, 'The request is not JSON'],
	'request/content-type': [415, 'This route takes application/json'],
	'request/too-large': [413, 'The request is too large'],
	'request/method': [405, 'This address does not take that method'],
	'request/not-found': [404, 'There is nothing at this address'],
	'session/missing': [401, 'Sign in first'],
	'session/ended': [401, 'This session has ended'],
	'session/revoked': [401, 'This session was revoked'],
	'session/expired': [401, 'This session has lasted as long as its person chose'],
	'session/not-found': [404, 'There is no such session'],
	'session/second-step': [403, 'Show the second step first'],
	'session/fresh-step': [403, 'Show the second step again first'],
	'access/denied': [403, 'You may not do this'],
	'access/limit': [429, 'Too many requests; wait a little'],
	'access/locked': [429, 'Too many failed attempts; wait a little'],
	'entity/not-found': [404, 'There is no such entity'],
	'entity/conflict': [409, 'Another device changed this first'],
	'keys/none': [404, 'User encryption is off, or there is no such version'],
	'keys/conflict': [409, 'Another device changed the keys first'],
	'keys/fresh-sign-in': [403, 'Sign in again first'],
	'keys/not-due': [403, 'Without the keys before, a reset must be asked for and be due'],
	'keys/no-pin': [409, 'This session has no PIN'],
	'keys/wrong-pin': [403, 'The PIN is wrong'],
	'two-factor/off': [409, 'Two-step verification is off, or nothing waits to be confirmed'],
	'two-factor/on': [409, 'Two-step verification is on already'],
	'two-factor/wrong-code': [403, 'The code is wrong'],
	'two-factor/used-code': [403, 'This code was used; the next one works'],
	'two-factor/wrong-passkey': [403, 'What the passkey signed is not right, or came too late'],
	'two-factor/no-passkey': [404, 'There is no such passkey'],
	'two-factor/passkeys-full': [409, 'There are ten passkeys already'],
	'two-factor/passkey-known': [409, 'This passkey was added before'],
	'two-factor/unavailable': [409, 'The database does not have the key that two-step verification needs'],
	'bundle/conflict': [409, 'Another device changed the bundle first'],
	'bundle/damaged': [409, 'The bundle that is stored does not open'],
	'roster/conflict': [409, 'Another roster came first'],
	'roster/in-use': [409, 'Older generations are still in use'],
	'record/not-found': [404, 'There is no such record'],
	'record/invalid': [422, 'The change cannot be written as it is'],
	'record/too-large': [413, 'The record is too large'],
	'record/denied': [403, 'You may not write this'],
	'record/stale-generation': [409, 'The domain has a newer key'],
	'record/content-missing': [409, 'The content of the file is not there any more; upload it again'],
	'record/over-quota': [507, 'The entity has no room left'],
	'content/not-found': [404, 'There is no such content'],
	'content/exists': [409, 'Something is stored there already'],
	'content/not-open': [409, 'This content takes no parts'],
	'content/incomplete': [409, 'Parts are missing, or are not as long as they must be'],
	'content/no-layer': [422, 'A part of this domain must be sealed by the browser'],
	'content/damaged': [409, 'The part that is stored does not open'],
	'server/unavailable': [503, 'The server cannot answer now'],
	'server/unexpected': [500, 'Something went wrong here']
} as const;

export type ProblemName = keyof typeof titles;

/** What a problem may say beyond its name; what is undefined is left out. */
type More = { [member in 'detail' | 'errors' | 'generation' | 'left' | 'current']?: Problem[member] | undefined };

/** The problem of a name; `type` is `/problems/<name>`. */
export function problemOf(name: ProblemName, { detail, errors, generation, left, current }: More = {}): Problem {
	const [status, title] = titles[name];
	return {
		type: `/problems/${name}`,
		title,
		status,
		...(detail ? { detail } : {}),
		...(errors?.length ? { errors } : {}),
		...(generation === undefined ? {} : { generation }),
		...(left === undefined ? {} : { left }),
		...(current ? { current } : {})
	};
}

/** A refusal to be thrown. */
export function refuse(
	name: ProblemName,
	more: More & { headers?: { [name: string]: string } | undefined } = {}
): Refusal {
	return new Refusal(problemOf(name, more), more.headers);
}

/** The answer that carries a problem. */
export function answerProblem(problem: Problem, headers: { [name: string]: string } = {}): Response {
	return new Response(JSON.stringify(problem), {
		status: problem.status,
		headers: { ...headers, 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store' }
	});
}
