import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EntitiesAnswer } from '../../src/lib/api/entity.ts';
import { MOST_PLAIN_BYTES } from '../../src/lib/api/plain-objects.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client } from './client.ts';
import type { Account } from './client.ts';
import { castOf, does, layObjects, operations, plainObject } from './storage-play.ts';
import type { Actor, Stored } from './storage-play.ts';
import { testDatabase } from './test-database.ts';

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...randomBytes(40)]);
let server: TestServer;
let client: Client;
let sql: postgres.Sql;
let ana: Account;
let entity: string;
let storage: string;
let cast: Actor[];
let objects: Stored[];

beforeAll(async () => {
	const databaseUrl = await testDatabase();
	server = await startServer({ databaseUrl, env: { ...raisedLimits, ARCA_LIMIT_PARTS: '100000' } });
	storage = `${server.url}/supabase/storage/v1`;
	client = await Client.of(server.url);
	sql = postgres(databaseUrl, { max: 1 });
	ana = await client.signUp();
	entity = await client.createEntity(ana);
	cast = await castOf(() => client.signUp(), ana, entity, sql);
	objects = await layObjects(client, ana, entity);
	for (const object of objects.filter(({ bucket }) => bucket === 'plain'))
		await store(object.name, PNG, typeOf(object));
});
afterAll(async () => {
	await sql.end();
	await server.stop();
});

const typeOf = ({ kind }: Stored) => (kind === 'audio' ? 'audio/mpeg' : 'image/png');
const at = (path: string) => `/supabase/storage/v1/object/${path}`;
const store = async (
	name: string,
	body: Uint8Array<ArrayBuffer>,
	type = 'image/png',
	token: string | undefined = ana.token
) => client.ask('POST', at(`plain/${name}`), { body, token, headers: { 'content-type': type } });
const sign = (name: string, expiresIn: unknown = 7200, token: string | undefined = ana.token) =>
	client.ask('POST', at(`sign/plain/${name}`), { body: { expiresIn }, token });
const urlOf = async (answer: Response) => `${storage}${((await answer.json()) as { signedURL: string }).signedURL}`;
const actor = (name: string) => cast.find((one) => one.name === name)?.token ?? '';
const claimsOf = (url: string) =>
	JSON.parse(Buffer.from(new URL(url).searchParams.get('token')?.split('.')[1] ?? '', 'base64url').toString()) as {
		iat: number;
		exp: number;
	};

/** The URL with another end, signed as the backend signs: as if its time had gone by, or not. */
function endingAt(
	url: string,
	exp: number,
	secret = readFileSync(join(server.dataFolder, 'keys', 'jwt-secret'), 'utf8').trim()
): string {
	const [address, token = ''] = url.split('?token=');
	const text = `${token.split('.')[0]}.${Buffer.from(JSON.stringify({ ...claimsOf(url), exp })).toString('base64url')}`;
	return `${address}?token=${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

/** Every stored object with its bytes. */
function stored(): Map<string, string> {
	const folder = join(server.dataFolder, 'data', 'files');
	const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
	return new Map(
		files.map(({ parentPath, name }) => [
			join(parentPath, name).slice(folder.length + 1),
			readFileSync(join(parentPath, name), 'hex')
		])
	);
}

describe('every operation of storage, as every role, over both buckets', () => {
	test.each(operations(false).map((operation) => [operation.name, operation] as const))('%s', async (_, operation) => {
		const before = stored();
		const wrong: string[] = [];
		for (const object of objects) {
			const tries = cast.map(async (one) => {
				// What somebody may delete is laid anew for each.
				const tried = operation.name === 'delete' && object.kind ? plainObject(entity, object.kind) : object;
				if (tried !== object) await store(tried.name, PNG, typeOf(tried));
				const done = await does(storage, client.apikey, one, operation, tried);
				if (done !== (operation.allowed?.(one, object) ?? false))
					wrong.push(`${one.name}: ${object.domain ?? object.kind} ${done ? 'done' : 'refused'}`);
			});
			await Promise.all(tries);
		}
		expect(wrong).toEqual([]);
		const after = stored();
		for (const [name, bytes] of before) expect(after.get(name), name).toBe(bytes);
	});

	test('nothing was made or opened beside what may be', async () => {
		expect(await sql`select id, public from storage.buckets order by id`).toEqual([
			{ id: 'plain', public: false },
			{ id: 'sealed', public: false }
		]);
		const names = await sql<
			{ name: string }[]
		>`select name from storage.objects where bucket_id = 'sealed' order by name`;
		expect(names.map(({ name }) => name)).toEqual(
			objects.flatMap(({ bucket, name }) => (bucket === 'sealed' ? [name] : [])).sort()
		);
	});
});

test('a viewer of finances fetches their own part through Arca, and of health nothing, however it is guessed', async () => {
	const token = actor('viewer of finances');
	const part = (domain: string) => {
		const [, , , id] = (objects.find((one) => one.domain === domain)?.name ?? '').split('/');
		return client.ask('GET', `/api/contents/${id}/parts/0`, { token });
	};
	expect(await (await part('finances')).text()).toBe('a page of finances');
	expect((await part('health')).status).toBe(404);
	const health = objects.find(({ domain }) => domain === 'health')?.name ?? '';
	const guesses = [
		health,
		`../sealed/${health}`,
		`..%2fsealed%2f${health}`,
		`%2e%2e/sealed/${health}`,
		`./${health}`,
		`${health}?x`
	];
	for (const guess of guesses) {
		for (const prefix of ['plain/', 'sign/plain/', 'sealed/', 'sign/sealed/', 'plain//', 'plain/../sealed/']) {
			for (const method of ['GET', 'POST']) {
				const answer = await client.ask(method, at(prefix + guess), {
					token,
					...(method === 'POST' ? { body: { expiresIn: 60 } } : {})
				});
				expect([401, 403, 404], `${method} ${prefix}${guess}`).toContain(answer.status);
			}
		}
	}
});

test('what is stored under a name stays, also when two store it at once', async () => {
	const { name } = plainObject(entity, 'attachment');
	const bodies = [randomBytes(2000), randomBytes(2000), randomBytes(2000)].map((bytes) => new Uint8Array(bytes));
	const answers = await Promise.all(bodies.map((bytes) => store(name, bytes)));
	expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
	const kept = bodies[answers.findIndex(({ ok }) => ok)] ?? new Uint8Array();
	const read = await fetch(await urlOf(await sign(name)));
	expect(Buffer.compare(Buffer.from(await read.arrayBuffer()), kept)).toBe(0);
	const large = plainObject(entity, 'attachment').name;
	const answer = await store(large, new Uint8Array(MOST_PLAIN_BYTES + 1)).catch(() => null);
	expect(answer?.status ?? 413).toBe(413);
	expect((await sign(large)).status).toBe(404);
});

describe('a signed URL', () => {
	test('holds for 2 hours at most, whatever was asked for, and then no more', async () => {
		const { name } = objects.find(({ kind }) => kind === 'avatar') ?? plainObject(entity, 'avatar');
		for (const [asked, given] of [
			[60, 60],
			[7200, 7200],
			[7201, 7200],
			[1e12, 7200]
		]) {
			const { iat, exp } = claimsOf(await urlOf(await sign(name, asked)));
			expect(exp - iat).toBe(given);
		}
		for (const asked of [0, -1, 'x', null]) expect((await sign(name, asked)).status).toBe(422);
		const url = await urlOf(await sign(name));
		expect(Buffer.compare(Buffer.from(await (await fetch(url)).arrayBuffer()), PNG)).toBe(0);
		const now = Math.floor(Date.now() / 1000);
		expect((await fetch(endingAt(url, now + 5))).status, 'with time left').toBe(200);
		expect((await fetch(endingAt(url, now - 1))).status, 'once its time has gone by').toBe(404);
		expect((await fetch(endingAt(url, now + 5, 'another secret'))).status, 'signed by somebody else').toBe(404);
		const other = objects.find(({ kind }) => kind === 'audio')?.name ?? '';
		expect((await fetch(url.replace(name, other))).status, 'for another object').toBe(404);
		expect((await fetch(url.replace(/\?.*/, ''))).status, 'without its token').toBe(404);
		// Neither of the two kinds of tokens is the other.
		expect((await fetch(`${url.replace(/\?.*/, '')}?token=${ana.token}`)).status).toBe(404);
		const signed = new URL(url).searchParams.get('token') ?? '';
		expect((await client.ask('GET', '/api/entities', { token: signed })).status).toBe(401);
	});

	test('is not renewed for a member who was removed', async () => {
		const zoe = await client.signUp();
		const { name } = objects.find(({ kind }) => kind === 'avatar') ?? plainObject(entity, 'avatar');
		expect((await sign(name, 60, zoe.token)).status).toBe(404);
		await sql`insert into memberships (entity_id, user_id, role, domains) values (${entity}, ${zoe.id}, 'viewer', '{chat}')`;
		const url = await urlOf(await sign(name, 60, zoe.token));
		await sql`delete from memberships where user_id = ${zoe.id}`;
		expect((await sign(name, 60, zoe.token)).status).toBe(404);
		expect((await fetch(endingAt(url, Math.floor(Date.now() / 1000) - 1))).status).toBe(404);
		expect((await fetch(url)).status, 'the one of before, until its time has gone by').toBe(200);
	});

	test('gives a download of a type that is never a page (attacks.md, row 42)', async () => {
		const page = Buffer.from('<!doctype html><script>document.title = "run"</script>');
		for (const type of [
			'text/html',
			'image/svg+xml',
			'application/javascript',
			'text/plain',
			'application/xhtml+xml',
			''
		])
			expect((await store(plainObject(entity, 'avatar').name, page, type)).status, type).toBe(415);
		for (const [bytes, type] of [
			[page, 'application/octet-stream'],
			[Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'), 'application/octet-stream'],
			[PNG, 'image/png']
		] as const) {
			const { name } = plainObject(entity, 'avatar');
			// Called a picture, whatever it is.
			expect((await store(name, bytes)).status).toBe(200);
			const { headers } = await fetch(await urlOf(await sign(name)));
			expect(headers.get('content-type')).toBe(type);
			expect(headers.get('content-disposition')).toBe('attachment');
			expect(headers.get('x-content-type-options')).toBe('nosniff');
			expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
			expect(headers.get('cache-control')).toBe('no-store');
		}
	});
});

test('an entity shows a picture that is stored, and nothing deletes it while it does', async () => {
	const id = randomUUID();
	const name = `${entity}/other/avatar/${id}`;
	const edit = (base: string, avatar: string | null, token: string | undefined = ana.token) =>
		client.ask('PATCH', `/api/entities/${entity}`, { body: { base, avatar }, token });
	const drop = (token = ana.token) => client.must('DELETE', at('plain'), { body: { prefixes: [name] }, token });
	expect((await edit('1', id)).status, 'before it is stored').toBe(404);
	await store(name, PNG);
	expect((await edit('1', id, actor('member'))).status).toBe(403);
	const shown = (await (await edit('1', id)).json()) as EntitiesAnswer;
	expect(shown.entities[0]).toMatchObject({ avatar: id, rev: '2', name: 'Ana' });
	const seen = await client.must<EntitiesAnswer>('GET', '/api/entities', { token: actor('viewer of chat') });
	expect(seen.entities[0]?.avatar).toBe(id);
	expect(await drop()).toEqual([]);
	expect(((await (await edit('2', null)).json()) as EntitiesAnswer).entities[0]).not.toHaveProperty('avatar');
	expect(await drop(actor('stranger')), 'now anybody may take it away').toEqual([{ name }]);
	expect((await sign(name)).status).toBe(404);
});
