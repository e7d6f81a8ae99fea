import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client } from './client.ts';
import type { Account } from './client.ts';
import { problemIn } from './described-routes.ts';
import { testDatabase } from './test-database.ts';
import { anotherSession, codeOf, stepNow, turnOn, wrongCode } from './two-step.ts';

let server: TestServer;
let client: Client;
let sql: postgres.Sql;
let ana: Account;
let entity: string;
let secret: string;
let codes: string[];
/** Another session of hers, which has shown nothing. */
let outside: string;

beforeAll(async () => {
	const databaseUrl = await testDatabase();
	server = await startServer({ databaseUrl, env: raisedLimits });
	client = await Client.of(server.url);
	sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
	ana = await client.signUp();
	entity = await client.createEntity(ana);
	({ secret, codes } = await turnOn(client, ana));
});
afterAll(async () => {
	await sql.end();
	await server.stop();
});
beforeEach(async () => {
	await sql`update app_private.totp_secrets set last_step = 0`;
	await sql`delete from app_private.step_attempts`;
	outside = await anotherSession(client, ana);
});

const show = (token: string, code = codeOf(secret, stepNow())) =>
	client.ask('POST', '/api/two-factor/verify', { token, body: { code } });
const recover = (token: string, recoveryCode = '') =>
	client.ask('POST', '/api/two-factor/recovery', { token, body: { recoveryCode } });
/** What the server says to a session: the number of its entities, or the problem. */
async function sees(token: string): Promise<string> {
	const answer = await client.ask('GET', '/api/entities', { token });
	if (!answer.ok) return (await problemIn(answer)).type;
	return String(((await answer.json()) as { entities: unknown[] }).entities.length);
}
const typeOf = async (answer: Response | Promise<Response>) => (await problemIn(await answer)).type;

describe('a session of somebody who has two-step verification on', () => {
	test('reads nothing until its code, then all of its own; another one goes on reading nothing', async () => {
		const other = await anotherSession(client, ana);
		expect(await sees(outside)).toBe('/problems/session/second-step');
		expect(await typeOf(show(outside, wrongCode(secret)))).toBe('/problems/two-factor/wrong-code');
		expect(await sees(outside)).toBe('/problems/session/second-step');
		const shown = await show(outside);
		const { until } = (await shown.json()) as { until: string };
		expect(Math.round((Date.parse(until) - Date.now()) / 3_600_000)).toBe(12);
		expect(await sees(outside)).toBe('1');
		expect(await sees(other)).toBe('/problems/session/second-step');
		await sql`update session_elevations set until = now() where user_id = ${ana.id}`;
		expect(await sees(outside)).toBe('/problems/session/second-step');
		await sql`update session_elevations set until = now() + interval '12 hours' where user_id = ${ana.id}`;
		expect(await sees(outside)).toBe('1');
		await client.ask('POST', '/supabase/auth/v1/logout?scope=local', { token: outside });
		expect(await sees(outside)).toBe('/problems/session/ended');
	});

	test('is told what it needs to show its code and no more, and with the check taken out would read', async () => {
		const { since, ...told } = await client.must<{ since: string }>('GET', '/api/two-factor', { token: outside });
		expect(Date.parse(since)).toBeLessThanOrEqual(Date.now());
		expect(told).toEqual({ available: true, on: true, done: false, wait: 0, app: true, passkeys: 0 });
		const [{ source } = { source: '' }] =
			await sql`select pg_get_functiondef('app.step_done()'::regprocedure) as source`;
		await sql`create or replace function app.step_done() returns boolean language sql as 'select true'`;
		expect(await sees(outside)).toBe('1');
		await sql.unsafe(String(source));
		expect(await sees(outside)).toBe('/problems/session/second-step');
	});

	test('before its code changes neither password nor address and ends no other session, which it may after', async () => {
		const change = (token: string) =>
			client.ask('PUT', '/supabase/auth/v1/user', { token, body: { password: ana.password } });
		const end = (token: string, scope: string) =>
			client.ask('POST', `/supabase/auth/v1/logout?scope=${scope}`, { token });
		expect(await typeOf(change(outside))).toBe('/problems/session/second-step');
		for (const scope of ['others', 'global'])
			expect(await typeOf(end(outside, scope))).toBe('/problems/session/second-step');
		expect(await sees(ana.token)).toBe('1');
		await show(outside);
		const answer = await change(outside);
		// The same password as before is no change; what matters is that the request went through to it.
		expect(await answer.text()).not.toContain('second-step');
		expect((await end(outside, 'local')).status).toBe(204);
	});

	test('that a mailed code opened is no further than one that the password opened', async () => {
		await client.ask('POST', '/supabase/auth/v1/recover', { body: { email: ana.email } });
		await expect.poll(() => server.readCode(ana.email)).toMatch(/^\d{6}$/);
		const body = { email: ana.email, token: server.readCode(ana.email), type: 'recovery' };
		const opened = await client.must<{ access_token: string }>('POST', '/supabase/auth/v1/verify', { body });
		const change = { token: opened.access_token, body: { password: 'the thief of the mailbox' } };
		expect(await sees(opened.access_token)).toBe('/problems/session/second-step');
		expect(await typeOf(client.ask('PUT', '/supabase/auth/v1/user', change))).toBe('/problems/session/second-step');
	});
});

describe('a code', () => {
	test('is good once, one after another and all at once', async () => {
		const code = codeOf(secret, stepNow());
		expect((await show(outside, code)).status).toBe(200);
		expect(await typeOf(show(outside, code))).toBe('/problems/two-factor/used-code');
		expect(await typeOf(show(outside, codeOf(secret, stepNow() - 1)))).toBe('/problems/two-factor/used-code');
		await sql`update app_private.totp_secrets set last_step = 0`;
		const next = codeOf(secret, stepNow());
		const answers = await Promise.all(Array.from({ length: 10 }, () => show(outside, next)));
		expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
	});

	test('tried wrongly fifty times at once counts fifty times, and five of them are looked at', async () => {
		const guess = () => Promise.all(Array.from({ length: 50 }, () => show(outside, wrongCode(secret)).then(typeOf)));
		const count = (types: string[], wanted: string) => types.filter((type) => type === `/problems/${wanted}`).length;
		const types = await guess();
		expect([count(types, 'two-factor/wrong-code'), count(types, 'access/locked')]).toEqual([5, 45]);
		expect(await sql`select attempts, locks from app_private.step_attempts`).toEqual([{ attempts: 50, locks: 1 }]);
		const right = await show(outside);
		expect([right.status, Number(right.headers.get('retry-after')) <= 60]).toEqual([429, true]);
		expect((await recover(outside, codes[9])).status).toBe(200);

		const [{ source } = { source: '' }] =
			await sql`select pg_get_functiondef('app.count_step(uuid)'::regprocedure) as source`;
		await sql.unsafe(String(source).replace('kept.locked_until > now()', 'false'));
		expect(count(await guess(), 'two-factor/wrong-code')).toBe(50);
		await sql.unsafe(String(source));
	});

	test('for recovery is good once, also at once, and one of somebody else is none', async () => {
		const answers = await Promise.all(Array.from({ length: 10 }, () => recover(outside, codes[0])));
		expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
		expect(await typeOf(recover(outside, codes[0]))).toBe('/problems/two-factor/wrong-code');
		const ben = await client.signUp();
		const his = await turnOn(client, ben);
		expect(await typeOf(recover(outside, his.codes[0]))).toBe('/problems/two-factor/wrong-code');
		expect((await recover(outside, ` ${codes[1]?.toLowerCase().replaceAll('-', ' ')}`)).status).toBe(200);
	});
});

describe('a session that showed its code hours ago', () => {
	const change = (body: object) => client.ask('PUT', '/supabase/auth/v1/user', { token: outside, body });

	test('changes neither password nor address, which it may after a fresh code', async () => {
		await show(outside);
		await sql`update session_elevations set at = now() - interval '6 minutes' where user_id = ${ana.id}`;
		expect(await sees(outside), 'it reads as before').toBe('1');
		const email = `next-${ana.email}`;
		for (const body of [{ email }, { password: 'seven other arches' }, { email, current_password: ana.password }])
			expect(await typeOf(change(body))).toBe('/problems/session/fresh-step');
		const [{ source } = { source: '' }] =
			await sql`select pg_get_functiondef('app.has_fresh_step()'::regprocedure) as source`;
		await sql`create or replace function app.has_fresh_step() returns boolean language sql as 'select true'`;
		expect((await change({ email })).status, 'with the check taken out it would').toBe(200);
		await sql.unsafe(String(source));
		expect(await typeOf(change({ password: 'seven other arches' }))).toBe('/problems/session/fresh-step');
		await sql`update app_private.totp_secrets set last_step = 0`;
		expect((await show(outside)).status).toBe(200);
		expect((await change({ password: 'seven other arches' })).status).toBe(200);
		expect((await change({ password: ana.password })).status).toBe(200);
	});
});

describe('a thief with a stolen token of a session that showed its code', () => {
	test('deletes nothing, replaces no key and turns nothing off, which the owner may after a fresh code', async () => {
		await show(outside);
		await sql`update session_elevations set at = now() - interval '6 minutes' where user_id = ${ana.id}`;
		const harm = (): [string, string, object?][] => [
			['DELETE', `/api/entities/${entity}`],
			['POST', '/api/keys/reset'],
			['DELETE', '/api/keys/kept'],
			['POST', '/api/two-factor/enroll'],
			['POST', '/api/two-factor/regenerate']
		];
		for (const [method, path, body] of harm())
			expect([path, await typeOf(client.ask(method, path, { token: outside, body }))]).toEqual([
				path,
				'/problems/session/fresh-step'
			]);
		const off = { token: outside, body: { code: wrongCode(secret) } };
		expect(await typeOf(client.ask('POST', '/api/two-factor/disable', off))).toBe('/problems/two-factor/wrong-code');
		expect(await sees(outside)).toBe('1');
		await sql`update app_private.totp_secrets set last_step = 0`;
		expect((await show(outside)).status).toBe(200);
		const renewed = await client.must<{ codes: string[] }>('POST', '/api/two-factor/regenerate', { token: outside });
		expect(await typeOf(recover(outside, codes[2]))).toBe('/problems/two-factor/wrong-code');
		({ codes } = renewed);
		expect((await client.ask('DELETE', `/api/entities/${entity}`, { token: outside })).status).toBe(204);
	});
});

// The last one: after it, nobody here has a second step.
test('turning it off takes a code that was not used, and after it a sign-in is enough', async () => {
	const code = codeOf(secret, stepNow());
	await show(outside, code);
	const off = (body: object) => client.ask('POST', '/api/two-factor/disable', { token: outside, body });
	expect(await typeOf(off({ code }))).toBe('/problems/two-factor/used-code');
	expect((await off({ recoveryCode: codes[3] })).status).toBe(204);
	expect(await sees(await anotherSession(client, ana))).toBe('0');
	expect(await typeOf(show(outside))).toBe('/problems/two-factor/off');
});
