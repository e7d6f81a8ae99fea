import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client, expense } from './client.ts';
import { spellings } from './spellings.ts';
import { testDatabase } from './test-database.ts';

let server: TestServer;
let client: Client;

beforeAll(async () => {
	server = await startServer({ databaseUrl: await testDatabase(), env: raisedLimits });
	client = await Client.of(server.url);
});
afterAll(() => server.stop());

interface Line {
	time: string;
	msg?: string;
	route?: string;
	status?: number;
	duration?: number;
	user?: string;
	address?: string;
}

function lines(): Line[] {
	return server
		.log()
		.split('\n')
		.filter((line) => line.startsWith('{'))
		.map((line) => JSON.parse(line) as Line);
}

test('each request is one line of JSON: time, route, status, duration, hashed user and address', async () => {
	await expect.poll(() => lines().filter(({ route }) => route === '/api/config').length).toBe(1);
	const before = lines().length;
	const ana = await client.signUp();
	const entity = await client.createEntity(ana);
	await client.pullAll(ana, entity);
	await client.ask('GET', `/api/records/${entity}/${randomUUID()}/history?note=planted`, { token: ana.token });
	await fetch(`${server.url}/sign-in?note=planted`);
	await expect.poll(() => lines().length).toBe(before + 5);
	const written = lines().slice(before);
	expect(written.map(({ route, status }) => [route, status])).toEqual([
		['/supabase/auth/v1/signup', 200],
		['/api/entities', 201],
		['/api/records/pull', 200],
		['/api/records/[entity]/[id]/history', 200],
		['(file)', 200]
	]);
	for (const line of written) {
		expect(Date.parse(line.time)).not.toBeNaN();
		expect(Number.isInteger(line.duration)).toBe(true);
		expect(line.address).toMatch(/^[\w-]{16}$/);
	}
	const users = written.slice(1, 4).map(({ user }) => user);
	expect(new Set(users).size).toBe(1);
	expect(users[0]).toMatch(/^[\w-]{16}$/);
	expect(server.log()).not.toContain(ana.id);
	expect(server.log()).not.toContain('127.0.0.1');
});

test('nothing of what people send or are sent is in the log, in any spelling', async () => {
	const word = `geheim-${randomUUID()}`;
	const ana = await client.signUp(`${word}@example.org`);
	const entity = await client.createEntity(ana, `name ${word}`);
	const change = expense({ payee: `payee ${word}`, note: `note ${word}` });
	await client.push(ana, entity, [change]);
	// What fails is what tends to be printed: refused statements, odd shapes, wrong passwords, unknown paths.
	await client.signIn(ana.email, `wrong ${word}`);
	await client.ask('POST', '/supabase/auth/v1/signup', { body: { email: ana.email, password: `again ${word}` } });
	await client.ask('POST', '/api/records/push', { body: { entity: word, changes: word }, token: ana.token });
	await client.ask('POST', '/api/records/push', { body: `{"broken ${word}`, token: ana.token });
	await client.ask('GET', `/supabase/rest/v1/records?id=eq.${word}`, { token: ana.token });
	await client.ask('POST', '/supabase/rest/v1/records', { body: { id: word, body: word }, token: ana.token });
	await client.ask('POST', '/supabase/rest/v1/rpc/push_records', {
		body: { entity: word, changes: [word] },
		token: ana.token
	});
	await client.ask('POST', `/supabase/rest/v1/${word}`, { body: {}, token: ana.token });
	await client.ask('GET', `/api/${word}?q=${word}`, { token: `${ana.token}${word}` });
	await client.ask('POST', '/supabase/auth/v1/recover', { body: { email: ana.email } });
	await expect.poll(() => server.readCode(ana.email)).toMatch(/^\d{6}$/);

	const secrets = [
		word,
		ana.token,
		ana.token.split('.')[2] ?? '',
		ana.refreshToken,
		ana.password,
		entity,
		change.id,
		`"${server.readCode(ana.email)}"`
	];
	const found = () => secrets.filter((secret) => spellings(secret).some((spelling) => server.log().includes(spelling)));
	expect(found()).toEqual([]);
	// The search itself finds what is there: the path of an address that is logged as it is.
	expect(spellings('/api/entities').some((spelling) => server.log().includes(spelling))).toBe(true);
});

test('an error that nobody expected is written with an id and its place, and the person is told the id alone', async () => {
	const { createLog } = await import('../../src/lib/server/log.ts');
	const { answerError } = await import('../../src/lib/server/http/serve-route.ts');
	const written: string[] = [];
	const log = createLog('salt', { write: (line: string) => void written.push(line) });
	const answer = answerError(
		{ log } as Parameters<typeof answerError>[0],
		Object.assign(new Error('holds a secret'), { code: '22P02' })
	);
	expect(answer.status).toBe(500);
	const { detail } = (await answer.json()) as { detail: string };
	const id = /[0-9a-f-]{36}/.exec(detail)?.[0] ?? '';
	expect(JSON.parse(written[0] ?? '')).toMatchObject({
		level: 'error',
		id,
		name: 'Error',
		code: '22P02',
		msg: 'unexpected error'
	});
	expect(written[0]).toContain('log.test.ts');
	expect(written[0]).not.toContain('holds a secret');
});
