import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import postgres from 'postgres';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { claimsOf } from '../stage/tokens.ts';
import { Client } from './client.ts';
import type { Account } from './client.ts';
import { testDatabase } from './test-database.ts';

let server: TestServer;
let client: Client;
let sql: postgres.Sql;

beforeAll(async () => {
	const databaseUrl = await testDatabase();
	server = await startServer({ databaseUrl, env: { ...raisedLimits, ADDRESS_HEADER: 'x-real-ip' } });
	client = await Client.of(server.url);
	sql = postgres(databaseUrl, { max: 1 });
});
afterAll(async () => {
	await sql.end();
	await server.stop();
});

const PHONE = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36';

interface Listed {
	sessions: { id: string; current: boolean; agent: string; network: string | null; used: string }[];
	rules: { idle: number | null; age: number | null };
}

/** Another session of the account; gives its tokens. */
async function phoneOf(ana: Account): Promise<{ token: string; refresh: string; session: string }> {
	const headers = { 'user-agent': PHONE, 'x-real-ip': '203.0.113.77' };
	const opened = (await (await client.signIn(ana.email, ana.password, headers)).json()) as {
		access_token: string;
		refresh_token: string;
	};
	const session = claimsOf(opened.access_token).session_id;
	return { token: opened.access_token, refresh: opened.refresh_token, session };
}

const list = (token: string) => client.must<Listed>('GET', '/api/sessions', { token });
const typeOf = async (answer: Response) => `${answer.status} ${((await answer.json()) as { type: string }).type}`;
const ended = async (session: string) =>
	(await client.must<{ how: string | null }>('POST', '/api/sessions/ended', { body: { session } })).how;

describe('the sessions of a person', () => {
	test('are listed with device, network and use, and which one asks', async () => {
		const ana = await client.signUp();
		const phone = await phoneOf(ana);
		const { sessions, rules } = await list(phone.token);
		expect(rules, 'the usual ones').toEqual({ idle: 30 * 86_400, age: 90 * 86_400 });
		expect(sessions).toHaveLength(2);
		expect(sessions.find(({ current }) => current)).toMatchObject({
			id: phone.session,
			agent: PHONE,
			network: '203.0.113.0/24'
		});
	});

	test('lose everything within one request when they are revoked, whoever asks and however', async () => {
		const ana = await client.signUp();
		const phone = await phoneOf(ana);
		const entity = await client.createEntity(ana);
		const pull = { body: { entity, after: { finances: '0' }, limit: 10 } };
		const asked: [string, string, object?][] = [
			['GET', '/api/entities'],
			['POST', '/api/records/pull', pull],
			['GET', '/api/keys'],
			['GET', '/api/sessions'],
			['POST', '/api/contents', { body: { entity, domain: 'finances', file: crypto.randomUUID() } }]
		];
		const statuses = () =>
			Promise.all(
				asked.map(
					async ([method, path, more]) => (await client.ask(method, path, { ...more, token: phone.token })).status
				)
			);
		expect(await statuses()).toEqual([200, 200, 200, 200, 201]);
		expect((await client.ask('DELETE', `/api/sessions/${phone.session}`, { token: ana.token })).status).toBe(204);
		expect(await statuses()).toEqual([401, 401, 401, 401, 401]);
		const direct = await client.ask('GET', '/supabase/rest/v1/entities', { token: phone.token });
		expect(direct.status === 200 ? await direct.text() : '[]').toBe('[]');
		expect(await typeOf(await client.ask('GET', '/api/entities', { token: phone.token }))).toBe(
			'401 /problems/session/revoked'
		);
		const refreshed = await client.ask('POST', '/supabase/auth/v1/token?grant_type=refresh_token', {
			body: { refresh_token: phone.refresh }
		});
		expect(refreshed.status).toBeGreaterThanOrEqual(400);
		expect(await ended(phone.session), 'told without a token').toBe('revoked');
		expect((await client.ask('GET', '/api/entities', { token: ana.token })).status).toBe(200);
	});

	test('are revoked all but the one that asks, and nobody else can', async () => {
		const [ana, ben] = [await client.signUp(), await client.signUp()];
		const phones = [await phoneOf(ana), await phoneOf(ana)];
		const strange = await client.ask('DELETE', `/api/sessions/${phones[0]?.session}`, { token: ben.token });
		expect(await typeOf(strange)).toBe('404 /problems/session/not-found');
		expect(await client.must('DELETE', '/api/sessions', { token: ana.token })).toEqual({ revoked: 2 });
		for (const { token } of phones) expect((await client.ask('GET', '/api/entities', { token })).status).toBe(401);
		expect((await list(ana.token)).sessions).toHaveLength(1);
		expect((await list(ben.token)).sessions).toHaveLength(1);
	});

	test('end when they were idle for longer than the person chose, which no new token mends and which is no revocation', async () => {
		const ana = await client.signUp();
		const phone = await phoneOf(ana);
		await client.must('PUT', '/api/sessions/rules', { token: ana.token, body: { idle: 600, age: 86_400 } });
		await client.must('GET', '/api/entities', { token: phone.token });
		await sql`update app_private.session_uses set used_at = now() - interval '11 minutes' where session_id = ${phone.session}`;
		const renewed = (await (
			await client.ask('POST', '/supabase/auth/v1/token?grant_type=refresh_token', {
				body: { refresh_token: phone.refresh }
			})
		).json()) as { access_token?: string };
		for (const token of [phone.token, renewed.access_token ?? phone.token])
			expect(await typeOf(await client.ask('GET', '/api/entities', { token }))).toBe('401 /problems/session/expired');
		expect(await ended(phone.session)).toBe('expired');
		await client.must('PUT', '/api/sessions/rules', { token: ana.token, body: { idle: null, age: null } });
		expect((await client.ask('GET', '/api/entities', { token: phone.token })).status, 'it stays ended').toBe(401);
		expect(await ended(phone.session)).toBe('expired');
	});

	test('that nobody knows of, that stand or that signed themselves out are told nothing of', async () => {
		const ana = await client.signUp();
		const phone = await phoneOf(ana);
		expect(await ended(crypto.randomUUID())).toBeNull();
		expect(await ended(phone.session)).toBeNull();
		await client.ask('POST', '/supabase/auth/v1/logout?scope=local', { token: phone.token });
		expect(await ended(phone.session)).toBeNull();
		expect(await typeOf(await client.ask('GET', '/api/entities', { token: phone.token }))).toBe(
			'401 /problems/session/ended'
		);
	});

	test('are in the trail of the account: each sign-in, sign-out and revocation', async () => {
		const ana = await client.signUp();
		const phone = await phoneOf(ana);
		await client.ask('POST', '/supabase/auth/v1/logout?scope=local', { token: phone.token });
		const other = await phoneOf(ana);
		await client.must('DELETE', `/api/sessions/${other.session}`, { token: ana.token });
		const trail = await sql<{ action: string; session_id: string; object_id: string }[]>`
			select action, session_id, object_id from public.audit_events where subject = ${ana.id} order by number`;
		const own = claimsOf(ana.token).session_id;
		expect(trail.map(({ action, session_id, object_id }) => [action, session_id, object_id])).toEqual([
			['session.sign_in', own, own],
			['session.sign_in', phone.session, phone.session],
			['session.sign_out', phone.session, phone.session],
			['session.sign_in', other.session, other.session],
			['session.revoke', own, other.session]
		]);
	});
});
