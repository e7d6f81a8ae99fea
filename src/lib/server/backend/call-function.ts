import { refuse } from '../http/refusal.ts';
import type { ProblemName, Refusal } from '../http/refusal.ts';
import { howEnded } from '../sessions/how-ended.ts';
import type { Arguments, Backend, Person } from './backend.ts';

/** Error codes of the database's functions (SQLSTATE, PostgREST's own, or ours) and the problems they are. */
const problems: { readonly [code: string]: ProblemName } = {
	'42501': 'access/denied',
	PT400: 'request/invalid',
	PT401: 'session/ended',
	PGRST301: 'session/ended',
	PGRST303: 'session/ended',
	'HTTP 401': 'session/ended',
	PT403: 'access/denied',
	PT404: 'entity/not-found',
	PT409: 'entity/conflict',
	'second-step': 'session/second-step',
	'fresh-step': 'session/fresh-step',
	PT413: 'record/over-quota',
	PT423: 'roster/in-use',
	PT425: 'keys/not-due',
	PT428: 'keys/fresh-sign-in',
	P0002: 'entity/not-found',
	'40001': 'entity/conflict',
	'23505': 'entity/conflict',
	'53400': 'record/over-quota',
	PT429: 'access/limit',
	// Deadlock, a lock not to be had, a statement that took too long, a database that stops or has no connection left.
	'40P01': 'server/unavailable',
	'55P03': 'server/unavailable',
	'57014': 'server/unavailable',
	'57P01': 'server/unavailable',
	'57P02': 'server/unavailable',
	'57P03': 'server/unavailable',
	'53300': 'server/unavailable',
	'HTTP 429': 'server/unavailable',
	'HTTP 502': 'server/unavailable',
	'HTTP 503': 'server/unavailable',
	'HTTP 504': 'server/unavailable'
};

/** What goes out with a problem. */
const headersOf: { readonly [problem in ProblemName]?: { [name: string]: string } } = {
	// The database's own limits are by the day; asking sooner than in an hour gains nothing.
	'access/limit': { 'retry-after': '3600' },
	'server/unavailable': { 'retry-after': '2' }
};

/** What is said of input that only the database could find wrong. */
const REFUSED_INPUT = [{ pointer: '#', detail: 'was refused by the database' }];

/**
 * Calls a function of the database as this person.
 * @param named the problems that codes stand for at this function, where they are others.
 * @returns what the function gives (null for nothing).
 * @throws Refusal when the database refuses; Error when it fails.
 */
export async function callFunction(
	backend: Backend,
	person: Person,
	name: string,
	args: Arguments,
	named: { readonly [code: string]: ProblemName } = {}
): Promise<unknown> {
	const [text = 'null'] = await callEach(backend, person, name, [args], named);
	return JSON.parse(text) as unknown;
}

/**
 * Calls a function of the database as this person, once for each of the arguments; see `Backend.call`.
 * @returns the JSON text of what each call gives.
 * @throws what `callFunction` throws, for whichever call it was.
 */
export async function callEach(
	backend: Backend,
	person: Person,
	name: string,
	each: Iterable<Arguments>,
	named: { readonly [code: string]: ProblemName } = {}
): Promise<string[]> {
	const answer = await backend.call(person, name, each);
	if ('texts' in answer) return answer.texts;
	const { code } = answer;
	const problem = named[code] ?? problems[code] ?? (/^2[23]/.test(code) ? 'request/invalid' : undefined);
	if (problem === 'request/invalid') throw refuse(problem, { errors: REFUSED_INPUT });
	if (problem === 'session/ended') throw await sessionRefusal(backend, person);
	if (problem) throw refuse(problem, { headers: headersOf[problem] });
	throw Object.assign(new Error(`backend/${name}`), { code });
}

/** The refusal of a session that does not stand, which says how it ended where somebody ended it. */
async function sessionRefusal(backend: Backend, { session }: Person): Promise<Refusal> {
	const how = await howEnded(backend, session);
	return refuse(how ? `session/${how}` : 'session/ended', { headers: { 'www-authenticate': 'Bearer' } });
}
