import type { RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { MOST_PLAIN_BYTES, PLAIN_TYPES, plainName, readPlainName, SIGNED_FOR } from '../../api/plain-objects.ts';
import type { PlainPlace } from '../../api/plain-objects.ts';
import type { Person } from '../backend/backend.ts';
import { askStorage } from '../contents/content-place.ts';
import { inTurn } from '../contents/in-turn.ts';
import { check } from '../http/check.ts';
import { readBody, readJson } from '../http/read-body.ts';
import { refuse } from '../http/refusal.ts';
import { noteOf } from '../http/request-note.ts';
import { requireStep } from '../two-factor/state.ts';
import type { Visit } from './visit.ts';

/*
 * What of Supabase's storage interface is open on the embedded backend: to store, sign and delete objects of the bucket
 * `plain`, in the bodies that a hosted project takes and gives. Sealed parts are not reached here at all.
 */

const PREFIX = '/storage/v1/object/';
const SMALL = 64 * 1024;

const signForm = v.object({ expiresIn: v.pipe(v.number(), v.finite(), v.minValue(1)) });
const deleteForm = v.object({ prefixes: v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(100)) });

/**
 * Answers a request of a signed-in person about plain objects.
 * @param path below `/supabase`, as in `/storage/v1/object/plain/…`.
 * @throws Refusal `request/not-found` for every other operation, bucket and name.
 */
export async function forwardStorage(visit: Visit, event: RequestEvent, path: string): Promise<Response> {
	const { method } = visit.request;
	const [, signs, name] =
		/^(sign\/)?plain(?:\/(.*))?$/s.exec(path.startsWith(PREFIX) ? path.slice(PREFIX.length) : '') ?? [];
	const place = name === undefined ? null : readPlainName(name);
	const isDelete = method === 'DELETE' && !signs && path === `${PREFIX}plain`;
	if (!isDelete && !(method === 'POST' && place)) throw refuse('request/not-found');
	noteOf(visit.server, event).route = '/supabase/storage';
	const person = await requirePerson(visit);
	noteOf(visit.server, event).user = person.id;
	const wait = await visit.server.meter.spend('parts', `plain:user:${person.id}`);
	if (wait > 0) throw refuse('access/limit', { headers: { 'retry-after': String(wait) } });
	if (!place) return remove(visit, person);
	return signs ? sign(visit, person, place) : upload(visit, person, place);
}

async function requirePerson({ server, request, prefix }: Visit): Promise<Person> {
	const token = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
	const person = token ? await server.backend.identify(token) : null;
	if (person) return person;
	const wait = await server.meter.spend('badTokens', `address:${prefix}`);
	if (wait > 0) throw refuse('access/limit', { headers: { 'retry-after': String(wait) } });
	throw refuse(token ? 'session/ended' : 'session/missing', { headers: { 'www-authenticate': 'Bearer' } });
}

/** Stores an object under a name that nothing has yet; what is there stays as it is, whatever `x-upsert` says. */
async function upload({ server, request }: Visit, person: Person, place: PlainPlace): Promise<Response> {
	const [type = ''] = (request.headers.get('content-type') ?? '').toLowerCase().split(';');
	if (!PLAIN_TYPES[place.kind].includes(type.trim()))
		throw refuse('request/content-type', { detail: `This one takes ${PLAIN_TYPES[place.kind].join(', ')}.` });
	const body = await readBody(request, MOST_PLAIN_BYTES);
	const wait = await server.meter.spend('partBytes', `user:${person.id}`, body.byteLength);
	if (wait > 0) throw refuse('access/limit', { headers: { 'retry-after': String(wait) } });
	const object = `/object/plain/${plainName(place)}`;
	const headers = { 'content-type': type.trim(), 'content-length': String(body.byteLength) };
	const answer = await inTurn(object, () => askStorage(server, person, object, { method: 'POST', headers, body }));
	const { Key, Id, statusCode, error } = await bodyOf(answer);
	if (answer.ok) return Response.json({ Key, Id }, { headers: { 'cache-control': 'no-store' } });
	if (statusCode === '409' || error === 'Duplicate') throw refuse('content/exists');
	if (answer.status >= 500) throw refuse('server/unavailable');
	await requireStep(server, person);
	throw refuse('access/denied');
}

/** A URL by which whoever has it reads the object, for 2 hours at most. */
async function sign({ server, request }: Visit, person: Person, place: PlainPlace): Promise<Response> {
	const { expiresIn } = check(signForm, (await readJson(request, SMALL)).value);
	const answer = await askStorage(server, person, `/object/sign/plain/${plainName(place)}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ expiresIn: Math.min(Math.floor(expiresIn), SIGNED_FOR) })
	});
	const { signedUrl } = await bodyOf(answer);
	if (!answer.ok || typeof signedUrl !== 'string') {
		if (answer.status >= 500) throw refuse('server/unavailable');
		await requireStep(server, person);
		throw refuse('content/not-found');
	}
	// As a hosted project names it and writes it: from below its storage interface.
	const signedURL = signedUrl.replace(/^\/storage\/v1/, '');
	return Response.json({ signedURL }, { headers: { 'cache-control': 'no-store' } });
}

/** Deletes what may be deleted of what is named, and tells the names of that. */
async function remove({ server, request }: Visit, person: Person): Promise<Response> {
	const { prefixes } = check(deleteForm, (await readJson(request, SMALL)).value);
	const known = prefixes.filter((name) => readPlainName(name) !== null);
	const answer = await askStorage(server, person, '/object/plain', {
		method: 'DELETE',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ prefixes: known })
	});
	const gone: unknown = await answer.json().catch(() => null);
	if (!answer.ok || !Array.isArray(gone)) throw refuse('server/unavailable');
	const names = (gone as { name: string }[]).map(({ name }) => ({ name }));
	return Response.json(names, { headers: { 'cache-control': 'no-store' } });
}

async function bodyOf(answer: Response): Promise<{ [member: string]: unknown }> {
	return (await answer.json().catch(() => ({}))) as { [member: string]: unknown };
}
