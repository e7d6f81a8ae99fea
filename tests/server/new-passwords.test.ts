import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client } from './client.ts';
import { testDatabase } from './test-database.ts';

let server: TestServer;
let client: Client;

beforeAll(async () => {
	server = await startServer({ databaseUrl: await testDatabase(), env: raisedLimits });
	client = await Client.of(server.url);
});
afterAll(() => server.stop());

const saidOf = async (answer: Response) => {
	const { error_code } = (await answer.json()) as { error_code?: string };
	return error_code ?? answer.status;
};
const signUp = async (email: string, password: string) =>
	saidOf(await client.ask('POST', '/supabase/auth/v1/signup', { body: { email, password } }));

test('a sign-up takes none that leaked, that is made of its address or of the name of the app', async () => {
	for (const password of [
		'password123',
		'QWERTYUIOP',
		'1q2w3e4r5t',
		'teresa.luna1',
		'Arca2026!!',
		'short',
		'ñ'.repeat(40)
	])
		expect([password, await signUp('teresa.luna@example.org', password)]).toEqual([password, 'weak_password']);
	expect(await signUp('teresa.luna@example.org', 'quiet river lantern')).toBe(200);
});

test('neither does a change, nor a new one after a mailed code', async () => {
	const ana = await client.signUp();
	const put = async (token: string, password: string) =>
		saidOf(await client.ask('PUT', '/supabase/auth/v1/user', { token, body: { password } }));
	for (const password of ['password123', ana.email.split('@')[0] ?? ''])
		expect(await put(ana.token, password)).toBe('weak_password');
	expect(await put(ana.token, 'quiet river lantern')).toBe(200);

	await client.ask('POST', '/supabase/auth/v1/recover', { body: { email: ana.email } });
	await expect.poll(() => server.readCode(ana.email)).toMatch(/^\d{6}$/);
	const body = { email: ana.email, token: server.readCode(ana.email), type: 'recovery' };
	const opened = await client.must<{ access_token: string }>('POST', '/supabase/auth/v1/verify', { body });
	expect(await put(opened.access_token, 'iloveyou123')).toBe('weak_password');
	expect(await put(opened.access_token, 'seven other arches')).toBe(200);
});

test('what stands after 72 bytes counts: such a password is wrong at sign-in and where the current one is asked for', async () => {
	const email = 'long-one@example.org';
	const longest = 'quiet river lantern '.repeat(4).slice(0, 72);
	expect(await signUp(email, longest)).toBe(200);
	const signIn = async (password: string) => saidOf(await client.signIn(email, password));
	expect(await signIn(`${longest}x`)).toBe('invalid_credentials');
	expect(await signIn(`${longest}ñ and more`)).toBe('invalid_credentials');
	expect(await signIn(longest)).toBe(200);
});
