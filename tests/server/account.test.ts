import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client } from './client.ts';
import type { Account } from './client.ts';
import { testDatabase } from './test-database.ts';

let server: TestServer;
let client: Client;
let sql: postgres.Sql;

beforeAll(async () => {
	const databaseUrl = await testDatabase();
	// The proxy's header stands for people at different addresses.
	server = await startServer({ databaseUrl, env: { ...raisedLimits, ADDRESS_HEADER: 'x-real-ip' } });
	client = await Client.of(server.url);
	sql = postgres(databaseUrl, { max: 1 });
});
afterAll(async () => {
	await sql.end();
	await server.stop();
});
const from = (address: string) => ({ 'x-real-ip': address });

/** The code that was mailed: it is kept a moment after the answer, since the answer waits for nobody. */
async function codeFor(email: string): Promise<string> {
	const until = Date.now() + 5_000;
	for (;;) {
		try {
			return server.readCode(email);
		} catch (error) {
			if (Date.now() > until) throw error;
			await delay(50);
		}
	}
}

describe('a mailed code', () => {
	const recover = (email: string) =>
		client.ask('POST', '/supabase/auth/v1/recover', { body: { email }, headers: from('198.51.100.8') });
	const verify = (email: string, token: string) =>
		client.ask('POST', '/supabase/auth/v1/verify', {
			body: { email, token, type: 'recovery' },
			headers: from('198.51.100.8')
		});
	const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

	test('opens a session in which the password is set anew, and ends the others', async () => {
		const ana = await client.signUp(undefined, from('198.51.100.8'));
		expect((await recover(ana.email)).status).toBe(200);
		const code = await codeFor(ana.email);
		expect(code).toMatch(/^\d{6}$/);
		const { access_token: token } = (await (await verify(ana.email, code)).json()) as { access_token: string };
		const password = 'another long passphrase';
		const changed = await client.ask('PUT', '/supabase/auth/v1/user', {
			body: { password },
			token,
			headers: from('198.51.100.8')
		});
		expect(changed.status).toBe(200);
		expect((await client.ask('GET', '/api/entities', { token })).status).toBe(200);
		expect((await client.ask('GET', '/api/entities', { token: ana.token })).status).toBe(401);
		expect((await client.signIn(ana.email, ana.password, from('198.51.100.8'))).status).toBe(400);
		expect((await client.signIn(ana.email, password, from('198.51.100.8'))).status).toBe(200);
		expect((await verify(ana.email, code)).status).toBe(403);
	});

	test('is worth nothing after five wrong tries, until another one is asked for', async () => {
		const ana = await client.signUp(undefined, from('198.51.100.9'));
		await recover(ana.email);
		const code = await codeFor(ana.email);
		const refused = new Set<string>();
		for (let turn = 0; turn < 5; turn++) refused.add(await (await verify(ana.email, wrong(code))).text());
		const spent = await verify(ana.email, code);
		expect(spent.status).toBe(403);
		expect([await spent.text()]).toEqual([...refused]);
		await recover(ana.email);
		await expect.poll(() => codeFor(ana.email), { timeout: 5_000 }).not.toBe(code);
		expect((await verify(ana.email, await codeFor(ana.email))).status).toBe(200);
	});

	test('confirms a new e-mail address', async () => {
		const ana = await client.signUp(undefined, from('198.51.100.10'));
		const email = `new-${ana.email}`;
		const asked = await client.ask('PUT', '/supabase/auth/v1/user', {
			body: { email },
			token: ana.token,
			headers: from('198.51.100.10')
		});
		expect(asked.status).toBe(200);
		const body = { email, token: await codeFor(email), type: 'email_change' };
		expect(
			(await client.ask('POST', '/supabase/auth/v1/verify', { body, headers: from('198.51.100.10') })).status
		).toBe(200);
		expect((await client.signIn(email, ana.password, from('198.51.100.10'))).status).toBe(200);
		expect((await client.signIn(ana.email, ana.password, from('198.51.100.10'))).status).toBe(400);
	});
});

describe('the account itself', () => {
	test.each([{ password: 'another long passphrase' }, { email: 'thief@example.org' }])(
		'is not taken over with a stolen token alone: %j',
		async (change) => {
			const ana = await client.signUp(undefined, from('198.51.100.11'));
			const put = (body: object) =>
				client.ask('PUT', '/supabase/auth/v1/user', { body, token: ana.token, headers: from('203.0.113.77') });
			expect(await (await put(change)).json()).toMatchObject({ error_code: 'current_password_required' });
			expect(await (await put({ ...change, current_password: 'wrong' })).json()).toMatchObject({
				error_code: 'current_password_mismatch'
			});
			expect((await put({ ...change, current_password: ana.password })).status).toBe(200);
		}
	);

	test('notes from where a session was opened', async () => {
		const headers = { ...from('198.51.100.12'), 'user-agent': 'Test browser 1.0' };
		const ana = await client.signUp(undefined, headers);
		const rows = await sql`select user_agent, host(ip) as ip from auth.sessions where user_id = ${ana.id}`;
		expect([...rows]).toEqual([{ user_agent: 'Test browser 1.0', ip: '198.51.100.12' }]);
	});

	test('takes no password that is longer than what is looked at', async () => {
		const body = { email: 'long@example.org', password: 'ñ'.repeat(40) };
		const answer = await client.ask('POST', '/supabase/auth/v1/signup', { body, headers: from('198.51.100.13') });
		expect(await answer.json()).toMatchObject({ error_code: 'weak_password' });
	});

	test('carries no data of its own, whatever a client sends along', async () => {
		const body = { email: 'data@example.org', password: 'quiet words here', data: { planted: 'x' } };
		const answer = await client.ask('POST', '/supabase/auth/v1/signup', { body, headers: from('198.51.100.14') });
		expect(await answer.text()).not.toContain('planted');
	});

	test('refreshes its session, which a used refresh token ends', async () => {
		const ana = await client.signUp(undefined, from('198.51.100.15'));
		const refresh = (token: string) =>
			client.ask('POST', '/supabase/auth/v1/token?grant_type=refresh_token', {
				body: { refresh_token: token },
				headers: from('198.51.100.15')
			});
		const renewed = (await (await refresh(ana.refreshToken)).json()) as {
			access_token: string;
			refresh_token: string;
		};
		expect((await client.ask('GET', '/api/entities', { token: renewed.access_token })).status).toBe(200);
		const again = (await (await refresh(renewed.refresh_token)).json()) as { refresh_token: string };
		// Used again at once it is a second tab's; used later it is a thief's, and nobody knows who of the two asks.
		const aged = await sql`
			update auth.refresh_tokens set created_at = created_at - interval '1 minute', updated_at = updated_at - interval '1 minute'
			where user_id = ${ana.id}`;
		expect(aged.count).toBeGreaterThan(1);
		expect((await refresh(ana.refreshToken)).status).toBeGreaterThanOrEqual(400);
		expect((await refresh(again.refresh_token)).status).toBeGreaterThanOrEqual(400);
	});

	test('is signed out everywhere when that is asked', async () => {
		const ana = await client.signUp(undefined, from('198.51.100.18'));
		const signedOut = await client.ask('POST', '/supabase/auth/v1/logout?scope=global', {
			token: ana.token,
			headers: from('198.51.100.18')
		});
		expect(signedOut.status).toBe(204);
		expect((await client.ask('GET', '/api/entities', { token: ana.token })).status).toBe(401);
	});

	test('sends no more than four letters an hour to an address that somebody says is theirs', async () => {
		const ana = await client.signUp(undefined, from('198.51.100.19'));
		const statuses: number[] = [];
		for (let turn = 0; turn < 5; turn++) {
			const asked = { body: { email: 'somebody@example.org' }, token: ana.token, headers: from('198.51.100.19') };
			statuses.push((await client.ask('PUT', '/supabase/auth/v1/user', asked)).status);
		}
		expect(statuses).toEqual([200, 200, 200, 200, 429]);
	});

	test('is opened from a link-local address with a zone, and from none that is known', async () => {
		for (const address of ['fe80::1%eth0', 'unknown']) {
			const ana = await client.signUp(undefined, from(address));
			const [row] = await sql<
				{ ip: string | null }[]
			>`select host(ip) as ip from auth.sessions where user_id = ${ana.id}`;
			expect(row?.ip).toBe(address === 'unknown' ? null : 'fe80::1');
		}
	});
});

describe('what is not open', () => {
	let ana: Account;
	beforeAll(async () => {
		ana = await client.signUp(undefined, from('198.51.100.16'));
	});

	test.each([
		['POST', '/supabase/auth/v1/otp'],
		['POST', '/supabase/auth/v1/magiclink'],
		['POST', '/supabase/auth/v1/resend'],
		['GET', '/supabase/auth/v1/verify?token=x&type=recovery'],
		['GET', '/supabase/auth/v1/authorize?provider=github'],
		['GET', '/supabase/auth/v1/callback'],
		['GET', '/supabase/auth/v1/admin/users'],
		['POST', '/supabase/auth/v1/token?grant_type=pkce'],
		['GET', '/supabase/_system/config'],
		['GET', '/supabase/_system/info'],
		['GET', '/supabase/rest/v1/'],
		['GET', '/supabase/rest/v1/../_system/config'],
		['GET', '/supabase/'],
		['POST', '/supabase/storage/v1/bucket'],
		['GET', '/supabase/storage/v1/object/public/x/y'],
		['POST', '/supabase/storage/v1/object/sign/x/y'],
		['POST', '/supabase/storage/v1/object/copy'],
		['POST', '/supabase/storage/v1/object/x/y']
	])('%s %s leads nowhere', async (method, path) => {
		const answer = await client.ask(method, path, {
			token: ana.token,
			headers: from('198.51.100.16'),
			...(method === 'POST' ? { body: {} } : {})
		});
		expect([404, 405]).toContain(answer.status);
	});

	test('nothing is answered without the key of the app', async () => {
		for (const path of [
			'/supabase/auth/v1/user',
			'/supabase/rest/v1/records',
			'/supabase/storage/v1/object/info/x/y'
		]) {
			expect((await client.ask('GET', path, { headers: { apikey: 'sb_publishable_wrong' } })).status).toBe(401);
			expect((await fetch(`${server.url}${path}?apikey=${client.apikey}`)).status).toBe(401);
		}
	});

	test('neither a hash from a mailed link nor a code for a sign-up, of which none waits here, is taken', async () => {
		const signUp = { email: 'a@b.example', token: '000000', type: 'signup' };
		for (const body of [{ token_hash: 'a'.repeat(64), type: 'recovery' }, signUp])
			expect((await client.ask('POST', '/supabase/auth/v1/verify', { body })).status).toBe(400);
	});

	test('nobody signs in to the account that stands in for those who have none', async () => {
		const answer = await client.signIn('nobody@arca.invalid', 'not the password', from('198.51.100.17'));
		expect(answer.status).toBe(400);
		const recover = await client.ask('POST', '/supabase/auth/v1/recover', {
			body: { email: 'nobody@arca.invalid' },
			headers: from('198.51.100.17')
		});
		expect(recover.status).toBe(200);
	});
});
