import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import postgres from 'postgres';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemSchema } from '../../src/lib/api/problem.ts';
import { startServer } from '../stage/server.ts';
import { claimsOf } from '../stage/tokens.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client, expense } from './client.ts';
import type { Account } from './client.ts';
import { testDatabase } from './test-database.ts';
import { EncryptedPerson, envelope } from './encrypted-person.ts';
import { badInputs } from './bad-inputs.ts';
import type { BadInput } from './bad-inputs.ts';
import { describedRoutes, fill, problemIn } from './described-routes.ts';
import type { Route } from './described-routes.ts';
import { anotherSession, codeOf, stepNow, turnOn } from './two-step.ts';

const runs = process.env.ARCA_SOAK ? 2_000 : 60;
const seed = 20261122;

let server: TestServer;
let client: Client;
let ana: Account;
let person: EncryptedPerson;
let entity: string;
let toGo = '';
/** Somebody with two-step verification, and a session of theirs that has shown nothing. */
let bea: Account;
let outside: string;
let sql: postgres.Sql;
let listed: Route[];

beforeAll(async () => {
	const databaseUrl = await testDatabase();
	sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
	server = await startServer({
		databaseUrl,
		env: { ...raisedLimits, ARCA_LIMIT_OPEN: '100000', ARCA_LIMIT_BACKEND: '100000' }
	});
	client = await Client.of(server.url);
	ana = await client.signUp();
	entity = await client.createEntity(ana);
	person = await EncryptedPerson.of(client, ana);
	await person.turnOn(entity);
	listed = await describedRoutes(client);
	bea = await client.signUp();
	await turnOn(client, bea);
	outside = await anotherSession(client, bea);
});
afterAll(async () => {
	await sql.end();
	await server.stop();
});

/** What a request says: the parameters of path and query by name, and a body. */
interface Asked {
	params?: { [name: string]: string };
	body?: object;
	/** Whose request it is, where it is not Ana's. */
	token?: string;
}

/** For each route what a good request says; a route that is not here fails. */
const good: { [operation: string]: () => Asked | Promise<Asked> } = {
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
	deleteEntity: async () => ({ params: { id: await entityToGo() } }),
	pullRecords: () => ({ body: { entity, after: { finances: '0' }, limit: 10 } }),
	pushRecords: () => ({ body: { entity, changes: [expense()] } }),
	readHistory: async () => {
		const change = expense();
		await client.push(ana, entity, [change]);
		return { params: { entity, id: change.id } };
	},
	listStaleContents: () => ({ params: { entity, domain: 'health' } }),
	openContent: () => ({ body: { entity, domain: 'finances', file: randomUUID() } }),
	getContent: async () => ({ params: { id: await openContent() } }),
	releaseContent: async () => ({ params: { id: await openContent() } }),
	putPart: async () => ({ params: { id: await openContent(), n: '0' }, body: new Uint8Array(10) }),
	getPart: async () => ({ params: { id: await contentOf(10), n: '0' } }),
	completeContent: async () => ({ params: { id: await contentOf(10) }, body: { parts: 1, bytes: 10 } }),
	getKeys: () => ({}),
	putKeys: async () => {
		const version = (await client.must<{ version: number }>('GET', '/api/keys', { token: ana.token })).version + 1;
		return { body: person.put(version, { rosters: [await nextRoster()] }) };
	},
	eraseKeptKeys: () => ({}),
	askReset: () => ({}),
	cancelReset: () => ({}),
	getBundle: () => ({}),
	putBundle: async () => {
		const { version } = await client.must<{ version: number }>('GET', '/api/bundle', { token: ana.token });
		return { body: { version: version + 1, sealed: envelope(0) } };
	},
	listIdentities: () => ({ params: { user: ana.id } }),
	listRosters: () => ({ params: { entity, epoch: '1', from: '1' } }),
	postRoster: async () => ({ body: await nextRoster() }),
	listGrants: () => ({ params: { entity } }),
	postGrants: async () => ({ body: { entity, grants: (await nextRoster()).grants } }),
	listSessions: () => ({}),
	revokeOtherSessions: () => ({}),
	revokeSession: async () => {
		const other = (await (await client.signIn(ana.email, ana.password)).json()) as { access_token: string };
		return { params: { id: claimsOf(other.access_token).session_id } };
	},
	setSessionRules: () => ({ body: { idle: 86_400, age: null } }),
	reportViolation: () => ({ body: { 'csp-report': { 'violated-directive': 'script-src', 'blocked-uri': 'inline' } } }),
	howSessionEnded: () => ({ body: { session: randomUUID() } }),
	getTwoFactor: () => ({ token: bea.token }),
	enrollTwoFactor: async () => {
		await withSecondStep('off');
		return { token: bea.token };
	},
	confirmTwoFactor: async () => ({ token: bea.token, body: { code: await withSecondStep('waiting') } }),
	verifyTwoFactor: async () => ({ token: bea.token, body: { code: await withSecondStep('on') } }),
	recoverTwoFactor: async () => {
		await withSecondStep('on');
		const asked = { token: bea.token };
		const { codes } = await client.must<{ codes: string[] }>('POST', '/api/two-factor/regenerate', asked);
		return { ...asked, body: { recoveryCode: codes[0] } };
	},
	renewRecoveryCodes: async () => {
		await withSecondStep('on');
		return { token: bea.token };
	},
	disableTwoFactor: async () => ({ token: bea.token, body: { code: await withSecondStep('on') } }),
	listStale: () => ({ body: { entity, domain: 'health', below: 1 } }),
	resealRecords: () => {
		const body = { id: randomUUID(), rev: '1', from: 0, to: 1, sealed: envelope(1) };
		return { body: { entity, domain: 'health', bodies: [body] } };
	}
};

/** Bea with two-step verification off, on, or waiting for its first code, which is given. */
async function withSecondStep(state: 'off' | 'waiting' | 'on'): Promise<string> {
	await sql`select app.forget_second_step(${bea.id})`;
	if (state === 'off') return '';
	const { secret } = await client.must<{ secret: string }>('POST', '/api/two-factor/enroll', { token: bea.token });
	const code = codeOf(secret, stepNow());
	if (state === 'waiting') return code;
	await client.must('POST', '/api/two-factor/confirm', { token: bea.token, body: { code } });
	await sql`update app_private.totp_secrets set last_step = 0`;
	return codeOf(secret, stepNow());
}

/** The roster after the newest one, in which nothing changes. */
async function nextRoster() {
	const { roster, hash } = await person.newest(entity);
	return person.sign({ ...roster, counter: roster.counter + 1, prev: hash });
}

async function openContent(): Promise<string> {
	const body = { entity, domain: 'finances', file: randomUUID() };
	return (await client.must<{ id: string }>('POST', '/api/contents', { body, token: ana.token })).id;
}

/** A content of one part. */
async function contentOf(size: number): Promise<string> {
	const id = await openContent();
	await client.must('PUT', `/api/contents/${id}/parts/0`, { body: new Uint8Array(size), token: ana.token });
	return id;
}

/** An entity that a request may delete: the one before, where it is still there, since a person may not draw ids without end. */
async function entityToGo(): Promise<string> {
	const { entities } = await client.must<{ entities: { id: string }[] }>('GET', '/api/entities', { token: ana.token });
	toGo = entities.find(({ id }) => id === toGo)?.id ?? (await client.createEntity(ana, 'to go'));
	return toGo;
}

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
		expect(open).toEqual(['getTwoFactor: 200', 'verifyTwoFactor: 403', 'recoverTwoFactor: 403']);
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
