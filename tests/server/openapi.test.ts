import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import postgres from 'postgres';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemSchema } from '../../src/lib/api/problem.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client } from './client.ts';
import type { Account } from './client.ts';
import { testDatabase } from './test-database.ts';
import { badInputs } from './bad-inputs.ts';
import type { BadInput } from './bad-inputs.ts';
import { describedRoutes, fill, problemIn } from './described-routes.ts';
import type { Route } from './described-routes.ts';
import { goodRequests } from './good-requests.ts';
import type { GoodRequests } from './good-requests.ts';

const runs = process.env.ARCA_SOAK ? 2_000 : 60;
const seed = 20261122;

let server: TestServer;
let client: Client;
let sql: postgres.Sql;
let ana: Account;
let outside: string;
/** A route that is not here fails. */
let good: GoodRequests['good'];
let withSecondStep: GoodRequests['withSecondStep'];
let listed: Route[];

beforeAll(async () => {
	const databaseUrl = await testDatabase();
	sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
	server = await startServer({
		databaseUrl,
		env: {
			...{ ...raisedLimits, ARCA_LIMIT_OPEN: '100000', ARCA_LIMIT_BACKEND: '100000', ARCA_LIMIT_REPORTS: '100000' },
			ARCA_LIMIT_PARTS: '100000'
		}
	});
	// Thousands of good requests begin more uploads than a person may have open.
	await sql`update app_private.limits set value = 1000000 where name = 'open_contents_per_person'`;
	client = await Client.of(server.url);
	({ ana, good, outside, withSecondStep } = await goodRequests(client, sql));
	listed = await describedRoutes(client);
});
afterAll(async () => {
	await sql.end();
	await server.stop();
});

describe('every route of the description', () => {
	test('answers a good request as it says', async () => {
		expect(listed.length).toBeGreaterThanOrEqual(10);
		for (const route of listed) {
			const request = good[route.operationId];
			if (!request) throw new Error(`${route.operationId} has no good request in this test`);
			const { params, body, token = ana.token } = await request();
			const answer = await client.ask(route.method, fill(route.path, params), { body, token });
			expect(route.responses, route.operationId).toHaveProperty(String(answer.status));
		}
	});

	test('answers one without a good token with 401, where it needs one', async () => {
		for (const route of listed) {
			const { params, body } = (await good[route.operationId]?.()) ?? {};
			for (const token of [undefined, 'nonsense', `${ana.token}x`]) {
				const answer = await client.ask(route.method, fill(route.path, params), { body, ...(token ? { token } : {}) });
				if (route.security.length === 0) expect([200, 204], route.operationId).toContain(answer.status);
				else expect((await problemIn(answer)).status, route.operationId).toBe(401);
			}
		}
	});

	test('answers a session that has not shown its second step with 403, but for the few by which it does', async () => {
		await withSecondStep('on');
		const open: string[] = [];
		for (const route of listed.filter(({ security }) => security.length > 0)) {
			const { params, body } = (await good[route.operationId]?.()) ?? {};
			if (route.path.startsWith('/api/two-factor')) await withSecondStep('on');
			const answer = await client.ask(route.method, fill(route.path, params), { body, token: outside });
			const { type } = answer.ok ? { type: '' } : await problemIn(answer);
			if (type !== '/problems/session/second-step') open.push(`${route.operationId}: ${answer.status}`);
		}
		// A code or recovery code of another moment: what counts is that it is looked at.
		expect(open).toEqual([
			...['getTwoFactor: 200', 'verifyTwoFactor: 403', 'recoverTwoFactor: 403'],
			...['askPasskey: 404', 'verifyPasskey: 404']
		]);
	});

	test('answers bad input by naming the field, and never with a 500', async () => {
		const cases: { route: Route; bad: BadInput }[] = [];
		for (const route of listed) {
			const { body } = (await good[route.operationId]?.()) ?? {};
			const schema = route.requestBody?.content['application/json']?.schema;
			if (schema && body) cases.push(...badInputs(schema, body).map((bad) => ({ route, bad })));
		}
		expect(cases.length).toBeGreaterThan(100);
		const pick = fc.constantFrom(...cases);
		const chosen = process.env.ARCA_SOAK ? cases : fc.sample(pick, { numRuns: 250, seed });
		for (const { route, bad } of chosen) {
			const { params, body, token = ana.token } = (await good[route.operationId]?.()) ?? {};
			const answer = await client.ask(route.method, fill(route.path, params), {
				body: bad.apply(body ?? {}),
				token
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
		const routes = listed.filter(({ requestBody }) => requestBody?.content['application/json']);
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

	test('answers any parameter of the path or the query without a 500, and names it', async () => {
		const routes = listed.flatMap((route) => (route.parameters ?? []).map(({ name }) => ({ route, name })));
		const text = fc.oneof(
			fc.string({ minLength: 1 }),
			fc.constantFrom(randomUUID().toUpperCase(), `${randomUUID()}x`, '%00', "'; drop table records; --")
		);
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...routes), text, async ({ route, name }, value) => {
				// A browser takes these for steps of the path, so they never arrive.
				fc.pre(value !== '.' && value !== '..' && !/^[0-9a-f-]{36}$/.test(value) && value.isWellFormed());
				fc.pre(!/^[1-9]\d*$/.test(value));
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
