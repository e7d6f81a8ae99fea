import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import { DOMAINS } from '../../src/lib/access/domains.ts';
import type { Domain } from '../../src/lib/access/domains.ts';
import { may } from '../../src/lib/access/permissions.ts';
import { ROLES } from '../../src/lib/access/roles.ts';
import type { Role } from '../../src/lib/access/roles.ts';
import { PLAIN_KINDS, plainName } from '../../src/lib/api/plain-objects.ts';
import type { PlainKind } from '../../src/lib/api/plain-objects.ts';
import type { Account, Client } from './client.ts';

/** Somebody who asks storage: with a role in the entity and domains that it opens, or without; perhaps not signed in. */
export interface Actor {
	name: string;
	token: string | undefined;
	role: Role | null;
	domains: readonly Domain[];
}

/** What lies in storage: a sealed part of a domain, or a plain object. */
export interface Stored {
	bucket: 'sealed' | 'plain';
	name: string;
	domain?: Domain;
	kind?: PlainKind;
}

/** Every role with every domain, a viewer of each single one, who was removed, who showed no second step, a stranger, and nobody. */
export async function castOf(
	newAccount: () => Promise<Account>,
	owner: Account,
	entity: string,
	sql: postgres.Sql,
	chosen: (name: string) => boolean = () => true
): Promise<Actor[]> {
	const wanted: [name: string, role: Role | null, domains: readonly Domain[]][] = [
		...ROLES.filter((role) => role !== 'owner').map((role): [string, Role, readonly Domain[]] => [role, role, DOMAINS]),
		...DOMAINS.map((domain): [string, Role, readonly Domain[]] => [`viewer of ${domain}`, 'viewer', [domain]]),
		['removed', null, DOMAINS],
		['before the second step', null, DOMAINS],
		['stranger', null, []]
	];
	const actors: Actor[] = [{ name: 'owner', token: owner.token, role: 'owner', domains: DOMAINS }];
	for (const [name, role, domains] of wanted.filter(([name]) => chosen(name))) {
		const { id, token } = await newAccount();
		const held = role ?? (name === 'stranger' ? null : 'administrator');
		if (held)
			await sql`insert into memberships (entity_id, user_id, role, domains) values (${entity}, ${id}, ${held}, ${[...domains]})`;
		if (name === 'removed') await sql`delete from memberships where user_id = ${id}`;
		if (name === 'before the second step') await sql`insert into two_factor (user_id) values (${id})`;
		actors.push({ name, token, role, domains });
	}
	return [...actors, { name: 'nobody', token: undefined, role: null, domains: [] }];
}

/** A sealed part in each domain, stored as the app does, and the places of a plain object of each kind. */
export async function layObjects(client: Client, { token }: Account, entity: string): Promise<Stored[]> {
	const objects: Stored[] = [];
	for (const domain of DOMAINS) {
		const body = { entity, domain, file: randomUUID() };
		const { id } = await client.must<{ id: string }>('POST', '/api/contents', { body, token });
		await client.must('PUT', `/api/contents/${id}/parts/0`, { body: Buffer.from(`a page of ${domain}`), token });
		await client.must('POST', `/api/contents/${id}/complete`, { body: { parts: 1, bytes: 10 + domain.length }, token });
		objects.push({ bucket: 'sealed', name: `${entity}/${domain}/sealed/${id}/0000`, domain });
	}
	return [...objects, ...PLAIN_KINDS.map((kind) => plainObject(entity, kind))];
}

/** A place for another plain object of a kind. */
export function plainObject(entity: string, kind: PlainKind): Stored {
	return { bucket: 'plain', name: plainName({ entity, kind, id: randomUUID() }), kind };
}

interface Operation {
	name: string;
	method: string;
	path: (object: Stored) => string;
	body?: (object: Stored) => unknown;
	headers?: { [name: string]: string };
	/** Who may do it to what; where nothing is said, nobody to nothing. */
	allowed?: (actor: Actor, object: Stored) => boolean;
}

const has = ({ role }: Actor, permission: Parameters<typeof may>[1]) => role !== null && may(role, permission);
const isPlain = ({ bucket }: Stored) => bucket === 'plain';
const readsPart = (actor: Actor, { domain }: Stored) =>
	domain !== undefined && actor.domains.includes(domain) && has(actor, 'files.view');
const folder = ({ name }: Stored) => name.slice(0, name.lastIndexOf('/'));
const fresh = ({ name }: Stored) => `${name.slice(0, -4)}${randomUUID().slice(0, 4)}`;

/**
 * Every operation of Supabase's storage interface, on an object that is there.
 * @param direct whether it is asked directly, where members fetch sealed parts of their domains (a hosted project has two more
 * ways for that, which the stand-in lacks)
 */
export const operations = (direct: boolean): Operation[] => {
	const fetches = direct ? { allowed: readsPart } : {};
	const at = (prefix: string) => (object: Stored) => `/object/${prefix}${object.bucket}/${object.name}`;
	const moved = (object: Stored) => ({
		bucketId: object.bucket,
		sourceKey: object.name,
		destinationKey: fresh(object)
	});
	const expiresIn = 60;
	return [
		{
			name: 'store',
			method: 'POST',
			path: (object) => `/object/${object.bucket}/${fresh(object)}`,
			body: () => new Uint8Array([1]),
			allowed: (actor, object) =>
				isPlain(object) && has(actor, object.kind === 'avatar' ? 'entity.edit' : 'files.upload')
		},
		{ name: 'store where something is', method: 'POST', path: at(''), body: () => new Uint8Array([2]) },
		{
			...{ name: 'overwrite', method: 'POST', path: at(''), body: () => new Uint8Array([3]) },
			headers: { 'x-upsert': 'true' }
		},
		{ name: 'update', method: 'PUT', path: at(''), body: () => new Uint8Array([4]) },
		{ name: 'fetch', method: 'GET', path: at(''), ...fetches },
		{ name: 'fetch signed in', method: 'GET', path: at('authenticated/') },
		{ name: 'fetch in public', method: 'GET', path: at('public/') },
		{ name: 'look at', method: 'GET', path: at('info/'), ...fetches },
		{ name: 'look at signed in', method: 'GET', path: at('info/authenticated/') },
		{ name: 'see whether it is there', method: 'HEAD', path: at(''), ...fetches },
		{ name: 'resize', method: 'GET', path: ({ bucket, name }) => `/render/image/authenticated/${bucket}/${name}` },
		{
			...{ name: 'sign', method: 'POST', path: at('sign/'), body: () => ({ expiresIn }) },
			allowed: (actor, object) => isPlain(object) && has(actor, 'files.view')
		},
		{
			...{ name: 'sign many', method: 'POST', path: ({ bucket }) => `/object/sign/${bucket}` },
			body: ({ name }) => ({ expiresIn, paths: [name] })
		},
		{
			...{
				name: 'sign an upload',
				method: 'POST',
				path: (object) => `/object/upload/sign/${object.bucket}/${fresh(object)}`
			},
			body: () => ({})
		},
		...[{}, { search: '' }, { prefix: '' }].map((more) => ({
			...{
				name: `list ${Object.keys(more).join()}`,
				method: 'POST',
				path: ({ bucket }: Stored) => `/object/list/${bucket}`
			},
			body: (object: Stored) => ({ prefix: folder(object), limit: 100, ...more })
		})),
		{
			...{ name: 'list another way', method: 'POST', path: ({ bucket }) => `/object/list-v2/${bucket}` },
			body: (object) => ({ prefix: folder(object) })
		},
		{ name: 'move', method: 'POST', path: () => '/object/move', body: moved },
		{ name: 'copy', method: 'POST', path: () => '/object/copy', body: moved },
		{ name: 'delete one', method: 'DELETE', path: at('') },
		{
			...{ name: 'delete', method: 'DELETE', path: ({ bucket }) => `/object/${bucket}` },
			body: ({ name }) => ({ prefixes: [name] }),
			allowed: (actor, object) => isPlain(object) && object.kind !== 'avatar' && has(actor, 'files.delete')
		},
		{ name: 'buckets', method: 'GET', path: () => '/bucket' },
		{ name: 'look at the bucket', method: 'GET', path: ({ bucket }) => `/bucket/${bucket}` },
		{
			name: 'open the bucket',
			method: 'PUT',
			path: ({ bucket }) => `/bucket/${bucket}`,
			body: () => ({ public: true })
		},
		{ name: 'empty the bucket', method: 'POST', path: ({ bucket }) => `/bucket/${bucket}/empty`, body: () => ({}) },
		{ name: 'delete the bucket', method: 'DELETE', path: ({ bucket }) => `/bucket/${bucket}` },
		{
			name: 'make a bucket',
			method: 'POST',
			path: () => '/bucket',
			body: () => ({ id: 'mine', name: 'mine', public: true })
		},
		{ name: 'ask as S3', method: 'GET', path: ({ bucket, name }) => `/s3/${bucket}/${name}` },
		{ name: 'list as S3', method: 'GET', path: ({ bucket }) => `/s3/${bucket}?list-type=2` },
		{ name: 'upload in pieces', method: 'POST', path: () => '/upload/resumable', body: () => ({}) }
	];
};

/** Asks for it; whether it was done, by what was answered: an empty list is nothing. */
export async function does(
	storage: string,
	apikey: string,
	{ token }: Actor,
	{ method, path, body, headers }: Operation,
	object: Stored
): Promise<boolean> {
	const given = body?.(object);
	const isBytes = given instanceof Uint8Array;
	const type = isBytes ? (object.kind === 'audio' ? 'audio/mpeg' : 'image/png') : 'application/json';
	const answer = await fetch(`${storage}${path(object)}`, {
		method,
		headers: {
			apikey,
			...(token ? { authorization: `Bearer ${token}` } : {}),
			...(given === undefined ? {} : { 'content-type': type }),
			...headers
		},
		...(given === undefined ? {} : { body: isBytes ? (given as Uint8Array<ArrayBuffer>) : JSON.stringify(given) })
	});
	const text = await answer.text();
	if (!answer.ok || text === '[]') return false;
	if (!path(object).startsWith('/object/sign/') || method !== 'POST') return true;
	return /"signedU(?:RL|rl)":\s*"[^"]+"/.test(text);
}
