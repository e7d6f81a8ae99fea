import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client } from './client.ts';
import { testDatabase } from './test-database.ts';

let server: TestServer;
let client: Client;
let sql: postgres.Sql;

beforeAll(async () => {
	const databaseUrl = await testDatabase();
	server = await startServer({ databaseUrl, env: raisedLimits });
	client = await Client.of(server.url);
	sql = postgres(databaseUrl, { max: 1 });
});
afterAll(async () => {
	await sql.end();
	await server.stop();
});

test.each([
	['nine', 200],
	['eleven', 403]
])('a code for a new password that was mailed %s minutes ago is answered with %d', async (minutes, status) => {
	const ana = await client.signUp();
	await client.ask('POST', '/supabase/auth/v1/recover', { body: { email: ana.email } });
	await expect.poll(() => server.readCode(ana.email)).toMatch(/^\d{6}$/);
	const ago = minutes === 'nine' ? 9 : 11;
	const moved = await sql`update auth.users set recovery_sent_at = recovery_sent_at - make_interval(mins => ${ago})
		where id = ${ana.id} and recovery_sent_at is not null`;
	expect(moved.count).toBe(1);
	const body = { email: ana.email, token: server.readCode(ana.email), type: 'recovery' };
	expect((await client.ask('POST', '/supabase/auth/v1/verify', { body })).status).toBe(status);
});
