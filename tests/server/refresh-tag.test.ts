import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRefreshTags } from '../../src/lib/server/forwarder/refresh-tag.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client } from './client.ts';
import type { Account } from './client.ts';
import { testDatabase } from './test-database.ts';

let server: TestServer;
let client: Client;
let sql: postgres.Sql;
let ana: Account;

beforeAll(async () => {
	const databaseUrl = await testDatabase();
	server = await startServer({ databaseUrl, env: raisedLimits });
	client = await Client.of(server.url);
	sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
	ana = await client.signUp();
});
afterAll(async () => {
	await sql.end();
	await server.stop();
});

const refresh = (token: string) =>
	client.ask('POST', '/supabase/auth/v1/token?grant_type=refresh_token', { body: { refresh_token: token } });

test('a refresh token as the database keeps it is good for nothing without the tag that only the server can make', async () => {
	const [{ token } = { token: '' }] = await sql<{ token: string }[]>`
		select token from auth.refresh_tokens where user_id = ${ana.id} and not revoked`;
	expect(ana.refreshToken.startsWith(`${token}.`), 'it is this one that was given, with a tag').toBe(true);
	const [, tag = ''] = ana.refreshToken.split('.');
	const cut = `${token}.${tag.slice(0, -1)}`;
	const strange = `${token}.${createHmac('sha256', 'another key').update(token).digest('base64url')}`;
	for (const wrong of [token, `${token}.`, cut, strange, `${randomUUID()}.${tag}`, `.${tag}`, tag])
		expect([wrong, (await refresh(wrong)).status]).toEqual([wrong, 400]);
	const secret = readFileSync(join(server.dataFolder, 'keys', 'jwt-secret'), 'utf8').trim();
	const given = createRefreshTags(secret).tagIn(JSON.stringify({ refresh_token: token }));
	expect(JSON.parse(given), 'the key of the tags is in no other place').toEqual({ refresh_token: ana.refreshToken });
	const renewed = await refresh(ana.refreshToken);
	expect(renewed.status).toBe(200);
	const { refresh_token: next } = (await renewed.json()) as { refresh_token: string };
	expect(next).toMatch(/^[0-9a-f-]{36}\.[\w-]{43}$/);
	expect((await refresh(next)).status).toBe(200);
});

test('one whose tag does not hold is answered as one that nobody has', async () => {
	const texts = await Promise.all(
		[randomUUID(), `${ana.refreshToken}x`].map(async (token) => (await refresh(token)).text())
	);
	expect(new Set(texts).size).toBe(1);
});

test('tags open what they were made for, whatever is in it', () => {
	const tags = createRefreshTags('secret');
	for (const token of ['a', 'a.b', 'a\nb', '.', randomUUID()]) {
		const { refresh_token: tagged } = JSON.parse(tags.tagIn(JSON.stringify({ refresh_token: token }))) as {
			refresh_token: string;
		};
		expect(tags.open(tagged)).toBe(token);
		expect([tags.open(token), createRefreshTags('another').open(tagged)]).toEqual([undefined, undefined]);
	}
	expect(tags.tagIn('{"user":{}}'), 'an answer without one').toBe('{"user":{}}');
});
