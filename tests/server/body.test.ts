import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemSchema } from '../../src/lib/api/problem.ts';
import { MOST_DEPTH } from '../../src/lib/crypto/json-depth.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client, expense } from './client.ts';
import type { Account } from './client.ts';
import { testDatabase } from './test-database.ts';

let server: TestServer;
let client: Client;
let ana: Account;
let entity: string;

beforeAll(async () => {
	server = await startServer({ databaseUrl: await testDatabase(), env: raisedLimits });
	client = await Client.of(server.url);
	ana = await client.signUp();
	entity = await client.createEntity(ana);
});
afterAll(() => server.stop());

async function problemIn(answer: Response): Promise<v.InferOutput<typeof problemSchema>> {
	expect(answer.headers.get('content-type')).toBe('application/problem+json');
	return v.parse(problemSchema, await answer.json());
}

describe('a body that is not what the route takes', () => {
	const push = (body: BodyInit, type?: string) =>
		fetch(`${server.url}/api/records/push`, {
			method: 'POST',
			headers: { authorization: `Bearer ${ana.token}`, ...(type ? { 'content-type': type } : {}) },
			body
		});

	test.each([
		['text', 'text/plain', 415],
		['a form', 'application/x-www-form-urlencoded', 415],
		['a file', 'application/octet-stream', 415]
	])('is refused by its type: %s', async (_name, type, status) => {
		expect((await problemIn(await push('{}', type))).status).toBe(status);
	});

	test.each([
		['nothing', ''],
		['half of it', '{"entity":'],
		['two of it', '{}{}'],
		['not UTF-8', new Uint8Array([0x22, 0xff, 0x22])]
	])('is refused as no JSON, with a pointer: %s', async (_name, body) => {
		const problem = await problemIn(await push(body, 'application/json'));
		expect([400, 415]).toContain(problem.status);
		if (body.length > 0) expect(problem.errors).toEqual([{ pointer: '#', detail: 'must be JSON in UTF-8' }]);
	});

	test('is refused by its size, told before it is read', async () => {
		const large = JSON.stringify({ entity, changes: [expense({ note: 'x'.repeat(9 * 1024 * 1024) })] });
		expect((await problemIn(await push(large, 'application/json'))).status).toBe(413);
		const answer = await client.ask('POST', '/api/entities', {
			body: { kind: 'person', name: 'x'.repeat(70_000) },
			token: ana.token
		});
		expect((await problemIn(answer)).status).toBe(413);
	});

	test('is refused when it is larger than it says, or does not say', async () => {
		const part = new TextEncoder().encode(`${' '.repeat(1024 * 1024)}`);
		const stream = new ReadableStream<Uint8Array>({
			start(controller) {
				for (let parts = 0; parts < 12; parts++) controller.enqueue(part);
				controller.close();
			}
		});
		const headers = { authorization: `Bearer ${ana.token}`, 'content-type': 'application/json' };
		const init = { method: 'POST', headers, body: stream, duplex: 'half' } as RequestInit;
		const answer = await fetch(`${server.url}/api/records/push`, init).catch(() => undefined);
		// Either the problem arrives, or the connection is cut while the rest is still being sent.
		if (answer) expect((await problemIn(answer)).status).toBe(413);
		expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
	});

	test('spoils no other change of its batch', async () => {
		const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
		const [first, bad, large, last] = [expense(), expense(), expense({ note: 'x'.repeat(300_000) }), expense()];
		const text = JSON.stringify({
			entity,
			changes: [first, { ...bad, plain: { ...bad.plain, values: { deep: 0 } } }, large, last]
		});
		const answer = await push(text.replace('{"deep":0}', `{"deep":${deep}}`), 'application/json');
		const { results } = (await answer.json()) as { results: { id: string; status: string }[] };
		expect(results.map(({ id, status }) => [id, status])).toEqual([
			[first.id, 'accepted'],
			[bad.id, 'invalid'],
			[large.id, 'too-large'],
			[last.id, 'accepted']
		]);
	});

	test('is as deep as it may be, and no deeper', async () => {
		const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
		const [right, wrong] = [expense({ note: 'right' }), expense({ note: 'wrong' })];
		const text = JSON.stringify({ entity, changes: [right, wrong] });
		const answer = await push(
			text.replace('"right"', nested(MOST_DEPTH - 2)).replace('"wrong"', nested(MOST_DEPTH - 1)),
			'application/json'
		);
		const { results } = (await answer.json()) as { results: { status: string }[] };
		expect(results.map(({ status }) => status)).toEqual(['accepted', 'invalid']);
		const values = { deep: JSON.parse(nested(MOST_DEPTH)) as unknown };
		const made = await client.ask('POST', '/api/entities', {
			token: ana.token,
			body: { kind: 'person', name: 'Deep', values }
		});
		expect((await problemIn(made)).status).toBe(422);
	});

	test('keeps members it does not know, and none of them reaches a prototype', async () => {
		const change = expense();
		const text = JSON.stringify({ entity, changes: [change] }).replace(
			'"version":1',
			'"version":1,"__proto__":{"planted":true},"later":[1,{"a":null}]'
		);
		expect((await push(text, 'application/json')).status).toBe(200);
		const record = (await client.pullAll(ana, entity)).find(({ id }) => id === change.id);
		expect(JSON.stringify(record?.plain)).toContain('"__proto__":{"planted":true},"later":[1,{"a":null}]');
		expect(({} as { planted?: boolean }).planted).toBeUndefined();
	});
});
