import { createHmac, randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PushAnswer } from '../../src/lib/api/record.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { startSupabase } from '../stage/supabase.ts';
import type { SupabaseProject } from '../stage/supabase.ts';
import { Client, expense } from './client.ts';
import type { Account } from './client.ts';
import { castOf, does, layObjects, operations } from './storage-play.ts';
import type { Actor, Stored } from './storage-play.ts';

let project: SupabaseProject;
let server: TestServer;
let client: Client;

beforeAll(async () => {
	project = await startSupabase('answers', 'http://localhost:9');
	server = await startServer({ env: project.env });
	client = await Client.of(server.url);
});
afterAll(async () => {
	// Whichever of the two did not start: the other is not left behind.
	try {
		await (server as TestServer | undefined)?.stop();
	} finally {
		await (project as SupabaseProject | undefined)?.stop();
	}
});

/** A call of the project's Auth, as a browser makes it: at the project's own origin. */
function auth(path: string, body: object, token?: string): Promise<Response> {
	const headers = { apikey: client.apikey, 'content-type': 'application/json', origin: server.url };
	const authorization: { authorization?: string } = token ? { authorization: `Bearer ${token}` } : {};
	const init = { method: 'POST', headers: { ...headers, ...authorization }, body: JSON.stringify(body) };
	return fetch(`${project.url}/auth/v1/${path}`, init);
}

async function newAccount(): Promise<Account> {
	const [email, password] = [`ana-${randomUUID()}@example.org`, 'quiet river lantern'];
	expect(await (await auth('signup', { email, password })).json()).not.toHaveProperty('access_token');
	const opened = await auth('verify', { email, token: await project.takeCode(email), type: 'signup' });
	const session = (await opened.json()) as { access_token: string; refresh_token: string; user: { id: string } };
	return { id: session.user.id, email, password, token: session.access_token, refreshToken: session.refresh_token };
}

/** A token of this account with other claims, signed as the project does or otherwise. */
function signed(token: string, claims: object, secret = project.jwtSecret): string {
	const [header, payload = ''] = token.split('.');
	const read = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
	const text = `${header}.${Buffer.from(JSON.stringify({ ...read, ...claims })).toString('base64url')}`;
	return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

const list = (token: string) => client.ask('GET', '/api/entities', { token });

describe('on a Supabase project', () => {
	test('the browser is told where the project is, and the policy lets it there and nowhere else', async () => {
		expect(await client.must('GET', '/api/health')).toMatchObject({ backend: 'supabase' });
		expect(await client.must('GET', '/api/config')).toMatchObject({
			supabaseUrl: project.url,
			mail: true,
			realtime: true
		});
		const policy = (await fetch(`${server.url}/sign-in`)).headers.get('content-security-policy');
		expect(policy).toContain(`connect-src 'self' ${project.url} ${project.url.replace('http', 'ws')};`);
		// Sign-in is the project's own: nothing of it is answered here.
		expect((await client.signIn('ana@example.org', 'quiet river lantern')).status).toBe(404);
	});

	test('the browser is told which providers the project has set up, and of no others', async () => {
		const { providers } = await client.must<{ providers: string[] }>('GET', '/api/config');
		expect(providers).toEqual(['password', 'github']);
	});

	test('an account makes an entity, writes, reads back, changes, and sees the history', async () => {
		const ana = await newAccount();
		const entity = await client.createEntity(ana, 'Casa');
		expect(await client.must('GET', '/api/entities', { token: ana.token })).toMatchObject({
			entities: [{ id: entity, name: 'Casa', role: 'owner' }]
		});
		const first = expense();
		expect((await client.push(ana, entity, [first])).results).toMatchObject([{ status: 'accepted', rev: '1' }]);
		const next = { ...expense({ payee: 'Kiosk' }), id: first.id, base: '1' };
		expect((await client.push(ana, entity, [next])).results).toMatchObject([{ status: 'accepted', rev: '2' }]);
		const stale: PushAnswer = await client.push(ana, entity, [{ ...expense(), id: first.id, base: '1' }]);
		expect(stale.results).toMatchObject([{ status: 'conflict', current: { rev: '2' } }]);
		expect(await client.pullAll(ana, entity)).toMatchObject([{ id: first.id, plain: next.plain }]);
		const history = await client.must('GET', `/api/records/${entity}/${first.id}/history`, { token: ana.token });
		expect(JSON.stringify(history)).toContain('Panader');
	});

	test('five hundred changes in one push come back whole', async () => {
		const ana = await newAccount();
		const entity = await client.createEntity(ana);
		const changes = Array.from({ length: 500 }, (_, turn) => expense({ payee: `Shop ${turn}` }));
		const { results } = await client.push(ana, entity, changes);
		expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['accepted']));
		expect(await client.pullAll(ana, entity, 200)).toHaveLength(500);
	});

	test('nobody reads or writes an entity of somebody else', async () => {
		const [ana, ben] = [await newAccount(), await newAccount()];
		const entity = await client.createEntity(ana);
		await client.push(ana, entity, [expense()]);
		const pull = { body: { entity, after: { finances: '0' }, limit: 10 }, token: ben.token };
		expect((await client.ask('POST', '/api/records/pull', pull)).status).toBe(403);
		const push = { body: { entity, changes: [expense()] }, token: ben.token };
		expect((await client.ask('POST', '/api/records/push', push)).status).toBe(403);
		expect(await client.must('GET', '/api/entities', { token: ben.token })).toEqual({ entities: [] });
	});

	test('a token that is forged, expired, somebody else\u2019s session or none at all is refused', async () => {
		const ana = await newAccount();
		expect((await list(signed(ana.token, {}))).status, 'signed as the project does').toBe(200);
		const wrong = {
			forged: signed(ana.token, {}, 'another secret'),
			expired: signed(ana.token, { exp: Math.floor(Date.now() / 1000) - 1 }),
			'of no session': signed(ana.token, { session_id: randomUUID() }),
			'of the service': signed(ana.token, { role: 'service_role' }),
			'no token': 'x'
		};
		for (const [name, token] of Object.entries(wrong)) expect((await list(token)).status, name).toBe(401);
		expect((await client.ask('GET', '/api/entities')).status).toBe(401);
	});

	test('a session that was ended is refused at once, though its token was believed a moment ago', async () => {
		const ana = await newAccount();
		expect((await list(ana.token)).status).toBe(200);
		expect((await auth('logout?scope=global', {}, ana.token)).status).toBe(204);
		const refused = await list(ana.token);
		expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
		const again = await auth('token?grant_type=password', { email: ana.email, password: ana.password });
		const { access_token: token } = (await again.json()) as { access_token: string };
		expect((await list(token)).status).toBe(200);
	});
});

describe('storage of a Supabase project, asked at its own origin', () => {
	let sql: postgres.Sql;
	let cast: Actor[];
	let objects: Stored[];
	beforeAll(async () => {
		sql = postgres(project.databaseUrl, { max: 1 });
		const ana = await newAccount();
		const entity = await client.createEntity(ana);
		const few = ['member', 'viewer of finances', 'removed', 'stranger'];
		cast = await castOf(newAccount, ana, entity, sql, (name) => few.includes(name));
		const laid = await layObjects(client, ana, entity);
		objects = laid.filter(({ domain, kind }) => domain === 'health' || domain === 'finances' || kind === 'avatar');
		const headers = { apikey: client.apikey, authorization: `Bearer ${ana.token}`, 'content-type': 'image/png' };
		for (const { name } of objects.filter(({ kind }) => kind))
			await fetch(`${project.url}/storage/v1/object/plain/${name}`, { method: 'POST', headers, body: 'x' });
	});
	afterAll(() => sql.end());

	test.each(operations(true).map((operation) => [operation.name, operation] as const))('%s', async (_, operation) => {
		const all = () =>
			sql`select bucket_id, name, metadata from storage.objects where name = any (${objects.map(({ name }) => name)}) order by name`;
		const [before, wrong] = [await all(), [] as string[]];
		expect(before).toHaveLength(objects.length);
		for (const object of objects) {
			for (const actor of cast) {
				const done = await does(`${project.url}/storage/v1`, client.apikey, actor, operation, object);
				if (done !== (operation.allowed?.(actor, object) ?? false))
					wrong.push(`${actor.name}: ${object.domain ?? object.kind} ${done ? 'done' : 'refused'}`);
			}
		}
		expect(wrong).toEqual([]);
		expect(await all()).toEqual(before);
	});

	test('with the policies taken away a stranger signs, lists and deletes, so that what stopped them was the policies', async () => {
		await sql`alter table storage.objects disable row level security`;
		const [stranger, health] = [
			cast.find(({ name }) => name === 'stranger'),
			objects.find(({ domain }) => domain === 'health')
		];
		if (!stranger || !health) throw new Error('not on the stage');
		const tried = operations(true).filter(({ name }) => ['fetch', 'sign', 'list search', 'delete'].includes(name));
		for (const operation of tried)
			expect(await does(`${project.url}/storage/v1`, client.apikey, stranger, operation, health), operation.name).toBe(
				true
			);
	});
});
