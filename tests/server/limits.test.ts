import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readLimits } from '../../src/lib/server/limits/limits.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { Client, expense } from './client.ts';
import type { Account } from './client.ts';
import { testDatabase } from './test-database.ts';

describe('the table of limits', () => {
	test('says how many a minute, for each class', () => {
		const { read, write, sensitive, highRisk, records, parts, failures } = readLimits({});
		expect({ read, write, sensitive, highRisk, records, parts, failures }).toEqual({
			read: 60,
			write: 30,
			sensitive: 10,
			highRisk: 5,
			records: 600,
			parts: 1200,
			failures: 5
		});
	});

	test('is overridden by the environment, line by line', () => {
		expect(readLimits({ ARCA_LIMIT_READ: '7' })).toEqual({ ...readLimits({}), read: 7 });
	});

	test.each(['0', '-1', '1.5', 'many', '1e999'])('refuses %s as a number', (text) => {
		expect(() => readLimits({ ARCA_LIMIT_WRITE: text })).toThrow('ARCA_LIMIT_WRITE');
	});
});

describe('a server with a small table', () => {
	let server: TestServer;
	let client: Client;
	let ana: Account;
	let ben: Account;

	beforeAll(async () => {
		const env = {
			ARCA_LIMIT_READ: '3',
			ARCA_LIMIT_WRITE: '2',
			ARCA_LIMIT_SENSITIVE: '3',
			ARCA_LIMIT_RECORDS: '4',
			ARCA_LIMIT_RECORD_BYTES: '20000'
		};
		server = await startServer({ databaseUrl: await testDatabase(), env });
		client = await Client.of(server.url);
		ana = await client.signUp();
		ben = await client.signUp();
	});
	afterAll(() => server.stop());

	test('logs the table when it starts', () => {
		expect(server.log()).toContain('"limits":{');
		expect(server.log()).toContain('"read":3');
	});

	test('answers 429 with the time to wait once a person used a line up, and leaves others alone', async () => {
		const list = (token: string) => client.ask('GET', '/api/entities', { token });
		for (let turn = 0; turn < 3; turn++) expect((await list(ana.token)).status).toBe(200);
		const refused = await list(ana.token);
		expect(refused.status).toBe(429);
		expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
		expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
		expect(refused.headers.get('content-type')).toBe('application/problem+json');
		expect(await refused.json()).toMatchObject({ type: '/problems/access/limit', status: 429 });
		expect((await list(ben.token)).status).toBe(200);
	});

	test('counts bytes of bodies apart from requests', async () => {
		const entity = await client.createEntity(ben);
		const large = () => ({ entity, changes: [expense({ payee: 'x'.repeat(9_000) })] });
		expect((await client.ask('POST', '/api/records/push', { body: large(), token: ben.token })).status).toBe(200);
		expect((await client.ask('POST', '/api/records/push', { body: large(), token: ben.token })).status).toBe(200);
		expect((await client.ask('POST', '/api/records/push', { body: large(), token: ben.token })).status).toBe(429);
	});

	test('counts the bytes that a conflict and a history show', async () => {
		const cleo = await client.signUp();
		const entity = await client.createEntity(cleo);
		const large = expense({ payee: 'x'.repeat(9_000) });
		const push = (change: object) =>
			client.ask('POST', '/api/records/push', { body: { entity, changes: [change] }, token: cleo.token });
		expect((await push(large)).status).toBe(200);
		// Small, but each is answered with the large record that stands there.
		const statuses: number[] = [];
		for (let turn = 0; turn < 3; turn++) statuses.push((await push({ ...expense(), id: large.id })).status);
		expect(statuses).toEqual([200, 200, 429]);

		const dora = await client.signUp();
		const hers = await client.createEntity(dora);
		await client.push(
			dora,
			hers,
			[large].map((change) => ({ ...change, id: dora.id }))
		);
		await client.push(dora, hers, [{ ...expense(), id: dora.id, base: '1' }]);
		const read = () => client.ask('GET', `/api/records/${hers}/${dora.id}/history`, { token: dora.token });
		expect([(await read()).status, (await read()).status, (await read()).status]).toEqual([200, 200, 429]);
	});

	test('counts everything about keys together, as sensitive', async () => {
		const { token } = await client.signUp();
		const statuses: number[] = [];
		for (const [method, path] of [
			['DELETE', '/api/keys/reset'],
			['POST', '/api/keys/reset'],
			['DELETE', '/api/keys/kept'],
			['POST', '/api/keys/pin'],
			['PUT', '/api/keys'],
			['POST', '/api/rosters'],
			['POST', '/api/grants']
		] as const)
			statuses.push((await client.ask(method, path, { token, ...(method === 'PUT' ? { body: {} } : {}) })).status);
		expect(statuses).toEqual([204, 404, 204, 429, 429, 429, 429]);
	});

	test('counts pulls apart from pushes', async () => {
		const pull = { entity: ben.id, after: { finances: '0' } };
		for (let turn = 0; turn < 4; turn++)
			expect((await client.ask('POST', '/api/records/pull', { body: pull, token: ben.token })).status).not.toBe(429);
		expect((await client.ask('POST', '/api/records/pull', { body: pull, token: ben.token })).status).toBe(429);
	});

	test('does not let a forged token use up the limits of the one it names', async () => {
		const [, payload] = ben.token.split('.');
		const forged = `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.${payload}.${'a'.repeat(43)}`;
		for (let turn = 0; turn < 5; turn++)
			expect((await client.ask('PATCH', `/api/entities/${ben.id}`, { body: {}, token: forged })).status).toBe(401);
		expect((await client.ask('PATCH', `/api/entities/${ben.id}`, { body: {}, token: ben.token })).status).toBe(422);
	});
});

describe('a server with the table as it is', () => {
	let server: TestServer;
	let client: Client;
	const from = (address: string) => ({ 'x-real-ip': address });

	beforeAll(async () => {
		server = await startServer({ databaseUrl: await testDatabase(), env: { ADDRESS_HEADER: 'x-real-ip' } });
		client = await Client.of(server.url);
	});
	afterAll(() => server.stop());

	/** What so many requests, one after the other, are answered with. */
	async function statusesOf(count: number, ask: (turn: number) => Promise<Response>): Promise<number[]> {
		const statuses: number[] = [];
		for (let turn = 0; turn < count; turn++) {
			const answer = await ask(turn);
			await answer.text();
			statuses.push(answer.status);
		}
		return statuses;
	}

	test('lets nobody at an address lock out a device that signed in there before', async () => {
		const ana = await client.signUp(undefined, from('198.51.100.1'));
		const signedIn = await client.signIn(ana.email, ana.password, from('198.51.100.1'));
		const cookie = /^arca-device-[^;]+/.exec(signedIn.headers.get('set-cookie') ?? '')?.[0] ?? '';
		const guess = () => client.signIn(ana.email, 'not the password', from('198.51.100.1'));
		expect((await statusesOf(6, guess)).at(-1)).toBe(429);
		expect((await client.signIn(ana.email, ana.password, { ...from('198.51.100.1'), cookie })).status).toBe(200);
	});

	test('takes thirty sign-ins and codes a minute from an address, whatever accounts they name', async () => {
		const guess = (turn: number) => client.signIn(`guessed-${turn}@example.org`, 'x', from('203.0.113.1'));
		const statuses = await statusesOf(32, guess);
		expect(statuses.slice(0, 30)).toEqual(Array<number>(30).fill(400));
		expect(statuses.slice(30)).toEqual([429, 429]);
		for (const [path, more] of [
			['recover', {}],
			['verify', { token: '000000', type: 'recovery' }]
		] as const) {
			const body = { email: 'another@example.org', ...more };
			const asked = { body, headers: from('203.0.113.1') };
			expect((await client.ask('POST', `/supabase/auth/v1/${path}`, asked)).status, path).toBe(429);
		}
	});

	test('takes five accounts a minute from an address', async () => {
		const signUp = (turn: number) => {
			const body = { email: `new-${turn}@example.org`, password: 'quiet words here' };
			return client.ask('POST', '/supabase/auth/v1/signup', { body, headers: from('203.0.113.2') });
		};
		expect(await statusesOf(6, signUp)).toEqual([200, 200, 200, 200, 200, 429]);
	});

	test('takes ten deletions a minute and 120 requests to the rows from a person', async () => {
		const { token } = await client.signUp(undefined, from('203.0.113.3'));
		const remove = () => client.ask('DELETE', '/api/entities/0190a0de-0000-7000-8000-000000000001', { token });
		expect((await statusesOf(11, remove)).indexOf(429)).toBe(10);
		const read = () => client.ask('GET', '/supabase/rest/v1/entities?select=id', { token });
		expect((await statusesOf(121, read)).indexOf(429)).toBe(120);
	});

	test('takes 300 tokens a minute that do not hold from an address, and others at it all the same', async () => {
		const ana = await client.signUp(undefined, from('203.0.113.4'));
		const headers = from('203.0.113.4');
		const forged = () => client.ask('GET', '/api/entities', { token: 'a.b.c', headers });
		expect((await statusesOf(301, forged)).indexOf(429)).toBe(300);
		expect((await client.ask('GET', '/api/entities', { token: ana.token, headers })).status).toBe(200);
		expect((await client.ask('GET', '/supabase/auth/v1/user', { token: ana.token, headers })).status).toBe(200);
		// Told to come again, so that no client takes it for the end of its session.
		const body = { refresh_token: 'made up' };
		const refused = await client.ask('POST', '/supabase/auth/v1/token?grant_type=refresh_token', { body, headers });
		expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([503, true]);
	});
});
