import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemSchema } from '../../src/lib/api/problem.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client, expense } from './client.ts';
import type { Account } from './client.ts';
import { testDatabase } from './test-database.ts';
import { badInputs } from './bad-inputs.ts';
import type { BadInput, JsonSchema } from './bad-inputs.ts';

interface Operation {
	operationId: string;
	security: object[];
	parameters?: { name: string; in: string; schema: JsonSchema }[];
	requestBody?: { content: { 'application/json': { schema: JsonSchema } } };
	responses: { [status: string]: object };
}

interface Route extends Operation {
	method: string;
	path: string;
}

const runs = process.env.ARCA_SOAK ? 2_000 : 60;
const seed = 20261122;

let server: TestServer;
let client: Client;
let ana: Account;
let entity: string;
let listed: Route[];

beforeAll(async () => {
	server = await startServer({
		databaseUrl: await testDatabase(),
		env: { ...raisedLimits, ARCA_LIMIT_OPEN: '100000', ARCA_LIMIT_BACKEND: '100000' }
	});
	client = await Client.of(server.url);
	ana = await client.signUp();
	entity = await client.createEntity(ana);
	const description = await client.must<{
		openapi: string;
		paths: { [path: string]: { [method: string]: Operation } };
	}>('GET', '/api/openapi.json');
	expect(description.openapi).toBe('3.1.0');
	listed = Object.entries(description.paths).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path }))
	);
});
afterAll(() => server.stop());

/** For each route what a good request says; a route that is not here fails. */
const good: {
	[operation: string]: () =>
		| { params?: { [name: string]: string }; body?: object }
		| Promise<{ params?: { [name: string]: string }; body?: object }>;
} = {
	health: () => ({}),
	config: () => ({}),
	openapi: () => ({}),
	listEntities: () => ({}),
	createEntity: () => ({ body: { kind: 'household', name: 'Casa', values: { street: 'Mayor 1' } } }),
	updateEntity: async () => {
		const { entities } = await client.must<{ entities: { id: string; rev: string }[] }>('GET', '/api/entities', {
			token: ana.token
		});
		const base = entities.find(({ id }) => id === entity)?.rev ?? '';
		return { params: { id: entity }, body: { base, kind: 'person', name: 'Ana', values: {} } };
	},
	deleteEntity: async () => ({ params: { id: await client.createEntity(ana, 'to go') } }),
	pullRecords: () => ({ body: { entity, after: { finances: '0' }, limit: 10 } }),
	pushRecords: () => ({ body: { entity, changes: [expense()] } }),
	readHistory: async () => {
		const change = expense();
		await client.push(ana, entity, [change]);
		return { params: { entity, id: change.id } };
	}
};

function fill(path: string, params: { [name: string]: string } = {}): string {
	return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
}

async function problemIn(answer: Response): Promise<v.InferOutput<typeof problemSchema>> {
	expect(answer.headers.get('content-type')).toBe('application/problem+json');
	const problem = v.parse(problemSchema, await answer.json());
	expect(problem.status).toBe(answer.status);
	expect(problem.type).toMatch(/^\/problems\/[a-z-]+\/[a-z-]+$/);
	return problem;
}

describe('every route of the description', () => {
	test('answers a good request as it says', async () => {
		expect(listed.length).toBeGreaterThanOrEqual(10);
		for (const route of listed) {
			const request = good[route.operationId];
			if (!request) throw new Error(`${route.operationId} has no good request in this test`);
			const { params, body } = await request();
			const answer = await client.ask(route.method, fill(route.path, params), { body, token: ana.token });
			expect(route.responses, route.operationId).toHaveProperty(String(answer.status));
		}
	});

	test('answers one without a good token with 401, where it needs one', async () => {
		for (const route of listed) {
			const { params, body } = (await good[route.operationId]?.()) ?? {};
			for (const token of [undefined, 'nonsense', `${ana.token}x`]) {
				const answer = await client.ask(route.method, fill(route.path, params), { body, ...(token ? { token } : {}) });
				if (route.security.length === 0) expect(answer.status, route.operationId).toBe(200);
				else expect((await problemIn(answer)).status, route.operationId).toBe(401);
			}
		}
	});

	test('answers bad input by naming the field, and never with a 500', async () => {
		const cases: { route: Route; bad: BadInput }[] = [];
		for (const route of listed) {
			const { body } = (await good[route.operationId]?.()) ?? {};
			const schema = route.requestBody?.content['application/json'].schema;
			if (schema && body) cases.push(...badInputs(schema, body).map((bad) => ({ route, bad })));
		}
		expect(cases.length).toBeGreaterThan(100);
		const pick = fc.constantFrom(...cases);
		const chosen = process.env.ARCA_SOAK ? cases : fc.sample(pick, { numRuns: 250, seed });
		for (const { route, bad } of chosen) {
			const { params, body } = (await good[route.operationId]?.()) ?? {};
			const answer = await client.ask(route.method, fill(route.path, params), {
				body: bad.apply(body ?? {}),
				token: ana.token
			});
			const where = `${route.operationId} ${bad.name}`;
			const named = answer.status === 200 ? await resultProblem(answer) : await problemIn(answer);
			expect([400, 413, 422], where).toContain(named.status);
			expect(named.errors?.length, where).toBeGreaterThan(0);
			// The field itself or, where that is what is wrong, the one around it or in it.
			expect(
				named.errors?.some(({ pointer }) => isNear(pointer, bad.pointer)),
				`${where}: ${JSON.stringify(named)}`
			).toBe(true);
		}
	});

	test('answers anything that is JSON without a 500', async () => {
		const routes = listed.filter(({ requestBody }) => requestBody);
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...routes), fc.jsonValue({ maxDepth: 4 }), async (route, body) => {
				const { params } = (await good[route.operationId]?.()) ?? {};
				const answer = await client.ask(route.method, fill(route.path, params), {
					body: JSON.stringify(body),
					token: ana.token
				});
				expect((await problemIn(answer)).errors?.length).toBeGreaterThan(0);
			}),
			{ numRuns: runs, seed }
		);
	});

	test('answers any parameter of the path without a 500, and names it', async () => {
		const routes = listed.flatMap((route) => (route.parameters ?? []).map(({ name }) => ({ route, name })));
		const text = fc.oneof(
			fc.string({ minLength: 1 }),
			fc.constantFrom(randomUUID().toUpperCase(), `${randomUUID()}x`, '%00', "'; drop table records; --")
		);
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...routes), text, async ({ route, name }, value) => {
				// A browser takes these for steps of the path, so they never arrive.
				fc.pre(value !== '.' && value !== '..' && !/^[0-9a-f-]{36}$/.test(value) && value.isWellFormed());
				const { params, body } = (await good[route.operationId]?.()) ?? {};
				const answer = await client.ask(route.method, fill(route.path, { ...params, [name]: value }), {
					body,
					token: ana.token
				});
				const problem = await problemIn(answer);
				expect([400, 404, 422]).toContain(problem.status);
				if (problem.status === 422) expect(problem.errors?.[0]?.pointer).toBe(`#/${name}`);
			}),
			{ numRuns: runs / 2, seed }
		);
	});
});

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

describe('an address or a method that there is not', () => {
	test('is answered with a problem', async () => {
		for (const path of ['/api', '/api/', '/api/entities/x/y', '/api/records', '/api/records/open'])
			expect((await problemIn(await client.ask('POST', path, { body: {}, token: ana.token }))).status, path).toBe(404);
		for (const route of listed) {
			const { params } = (await good[route.operationId]?.()) ?? {};
			const taken = listed.filter(({ path }) => path === route.path).map(({ method }) => method);
			for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((name) => !taken.includes(name)))
				expect((await problemIn(await client.ask(method, fill(route.path, params), { token: ana.token }))).status).toBe(
					405
				);
		}
	});
});

/** The problem of the first change of a push, whose outside was right. */
async function resultProblem(answer: Response): Promise<v.InferOutput<typeof problemSchema>> {
	const { results } = (await answer.json()) as { results: { status: string; problem?: unknown }[] };
	expect(results[0]?.status).toBe('invalid');
	return v.parse(problemSchema, results[0]?.problem);
}

/** A change's own problem points into the change, so the end of the field's pointer counts. */
function isNear(pointer: string, field: string): boolean {
	const inside = field.replace(/^#\/changes\/0/, '#');
	return [field, inside].some((wanted) => wanted.startsWith(pointer) || pointer.startsWith(wanted));
}
