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
