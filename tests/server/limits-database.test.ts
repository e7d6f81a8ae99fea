import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client } from './client.ts';
import type { Account } from './client.ts';
import { testDatabase } from './test-database.ts';

// Two servers on one PostgreSQL, with the same keys: one table of limits.
let databaseUrl: string;
let keys: string;
let servers: TestServer[];
let one: Client;
let other: Client;
let sql: postgres.Sql;

const start = () =>
	startServer({
		databaseUrl,
		env: {
			...raisedLimits,
			ARCA_KEYS: keys,
			ARCA_LIMITS: 'database',
			ARCA_LIMIT_READ: '6',
			ARCA_LIMIT_BACKEND: '20',
			ADDRESS_HEADER: 'x-real-ip'
		}
	});

beforeAll(async () => {
	databaseUrl = await testDatabase();
	keys = await mkdtemp(join(tmpdir(), 'arca-keys-'));
	servers = [await start(), await start()];
	one = await Client.of(servers[0]?.url ?? '');
	other = await Client.of(servers[1]?.url ?? '');
	sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
});
afterAll(async () => {
	await sql.end();
	for (const server of servers) await server.stop();
	await rm(keys, { recursive: true });
});

const from = (address: string) => ({ 'x-real-ip': address });
const list = async (client: Client, { token }: Account) => (await client.ask('GET', '/api/entities', { token })).status;

describe('two servers that count in one database', () => {
	test('say so when they start', () => {
		for (const server of servers) expect(server.log()).toContain('"countedIn":"database"');
	});

	test('share the budget of a person, and a restart keeps what was used of it', async () => {
		const ana = await one.signUp();
		const statuses = [];
		for (const client of [one, other, one, other, one, other]) statuses.push(await list(client, ana));
		expect(statuses).toEqual(Array(6).fill(200));
		const refused = await other.ask('GET', '/api/entities', { token: ana.token });
		expect(refused.status).toBe(429);
		expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
		expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
		const ben = await other.signUp();
		expect(await list(one, ben), 'somebody else has their own').toBe(200);

		await servers[1]?.stop();
		servers[1] = await start();
		other = await Client.of(servers[1].url);
		expect(await list(other, ana)).toBe(429);
		expect(await list(other, ben)).toBe(200);
	});

	test('lock an account after five wrong passwords, wherever each was tried', async () => {
		const ana = await one.signUp(undefined, from('198.51.100.1'));
		const guess = (client: Client) => client.signIn(ana.email, 'not the password', from('203.0.113.1'));
		for (const client of [one, other, one, other, one]) expect((await guess(client)).status).toBe(400);
		for (const client of [one, other]) {
			const locked = await client.signIn(ana.email, ana.password, from('203.0.113.1'));
			expect(locked.status).toBe(429);
			expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(50);
		}
		expect((await other.signIn(ana.email, ana.password, from('198.51.100.1'))).status).toBe(200);
		const locks = () =>
			sql`select action from public.audit_events where action = 'session.lock' and subject = ${ana.id}`;
		await expect.poll(async () => (await locks()).length, { timeout: 5_000 }).toBe(1);
	});

	test('forget wrong passwords once the right one came, on either', async () => {
		const ana = await one.signUp(undefined, from('198.51.100.2'));
		const attempt = (client: Client, password: string) => client.signIn(ana.email, password, from('203.0.113.2'));
		for (let turn = 0; turn < 2; turn++) {
			for (const client of [one, other, one, other]) expect((await attempt(client, 'wrong one')).status).toBe(400);
			expect((await attempt(turn ? one : other, ana.password)).status).toBe(200);
		}
	});

	test('count thirty requests at once as thirty', async () => {
		const { token } = await one.signUp();
		const ask = (turn: number) =>
			(turn % 2 ? one : other).ask('GET', '/supabase/rest/v1/entities?select=id', { token });
		const statuses = (await Promise.all(Array.from({ length: 30 }, (_, turn) => ask(turn)))).map(
			({ status }) => status
		);
		expect(statuses.filter((status) => status === 200)).toHaveLength(20);
		expect(statuses.filter((status) => status === 429)).toHaveLength(10);
	});

	test('write down neither address nor e-mail nor account', async () => {
		const ana = await one.signUp(undefined, from('198.51.100.77'));
		await one.signIn(ana.email, 'not the password', from('198.51.100.77'));
		const rows = await sql<{ row: string }[]>`select to_json(c)::text as row from app_private.limit_counts c`;
		expect(rows.length).toBeGreaterThan(3);
		for (const { row } of rows) {
			for (const known of [ana.email, ana.id, '198.51.100', 'sign-in', 'user:']) expect(row).not.toContain(known);
			expect(row).toMatch(/"key":"[\w-]{43}"/);
		}
	});
});

describe('whoever has no more than the key of the app', () => {
	const body = { key: 'k'.repeat(43), amount: 6, seconds: 60 };
	const proof = { kid: 1, nonce: 'a'.repeat(22), expiry: Math.floor(Date.now() / 1000) + 100, mac: 'a'.repeat(43) };
	const forge = async () => {
		const asked = { body: { ...body, proof: { ...proof, nonce: crypto.randomUUID() } } };
		return (await one.ask('POST', '/supabase/rest/v1/rpc/count_use', asked)).status;
	};
	const counted = () => sql`select 1 from app_private.limit_counts where key = ${body.key}`;

	test('counts nothing for anybody, and would with the check of the proof taken out', async () => {
		expect([401, 403]).toContain(await forge());
		expect(await counted()).toHaveLength(0);
		const name = 'app.take_proof(text,text,jsonb)';
		const [kept] = await sql<{ was: string }[]>`select pg_get_functiondef(${name}::regprocedure) as was`;
		await sql`create or replace function app.take_proof(purpose text, detail text, proof jsonb) returns void
			language plpgsql security definer set search_path = '' as 'begin end'`;
		expect(await forge()).toBe(200);
		expect(await counted()).toHaveLength(1);
		await sql.unsafe(kept?.was ?? '');
		await sql`delete from app_private.limit_counts where key = ${body.key}`;
		expect([401, 403]).toContain(await forge());
	});
});

// The last one: it breaks the counting.
test('where the database does not count, each server does in its memory, and tells its log', async () => {
	const ana = await one.signUp();
	await sql`alter function public.count_use rename to count_use_no_more`;
	const statuses = [];
	for (let turn = 0; turn < 8; turn++) statuses.push(await list(one, ana));
	expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429, 429]);
	expect(servers[0]?.log()).toContain('limits are counted in memory for a while');
	await sql`alter function public.count_use_no_more rename to count_use`;
});
