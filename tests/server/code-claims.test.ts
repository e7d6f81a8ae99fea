import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCodeClaims, drawClaim } from '../../src/lib/server/forwarder/code-claims.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client } from './client.ts';
import { testDatabase } from './test-database.ts';

let server: TestServer;
/** Two browsers. */
let here: Client;
let elsewhere: Client;

beforeAll(async () => {
	server = await startServer({ databaseUrl: await testDatabase(), env: raisedLimits });
	here = await Client.of(server.url);
	elsewhere = await Client.of(server.url);
});
afterAll(() => server.stop());

const recover = (browser: Client, email: string) =>
	browser.ask('POST', '/supabase/auth/v1/recover', { body: { email } });
async function shown(browser: Client, email: string, token: string, type = 'recovery') {
	const answer = await browser.ask('POST', '/supabase/auth/v1/verify', { body: { email, token, type } });
	return { status: answer.status, said: answer.ok ? '' : await answer.text() };
}

describe('a code for a new password', () => {
	test('is for the browser that asked for it: from another one it is wrong, in the same words', async () => {
		const { email } = await here.signUp();
		await recover(here, email);
		const code = server.readCode(email);
		const wrong = await shown(here, email, code === '000000' ? '000001' : '000000');
		expect(await shown(elsewhere, email, code)).toEqual(wrong);
		await recover(elsewhere, 'somebody-else@example.org');
		expect(await shown(elsewhere, email, code), 'one that asked for another').toEqual(wrong);
		expect((await shown(here, email, code)).status).toBe(200);
	});

	test('that another browser asks for takes the place of the one before, and is for that one', async () => {
		const { email } = await here.signUp();
		await recover(here, email);
		await recover(elsewhere, email);
		const code = server.readCode(email);
		expect((await shown(here, email, code)).status).toBe(403);
		expect((await shown(elsewhere, email, code)).status).toBe(200);
	});

	test('leaves the same cookie behind whether or not there is an account, which no script reads', async () => {
		const { email } = await here.signUp();
		const cookies = await Promise.all(
			[email, 'nobody@example.org'].map(async (who) => {
				const answer = await (
					await Client.of(server.url)
				).ask('POST', '/supabase/auth/v1/recover', { body: { email: who } });
				return answer.headers.getSetCookie().map((cookie) => cookie.replace(/=[\w-]{43};/, '=…;'));
			})
		);
		expect(cookies[0]).toEqual(['arca-code=…; Path=/supabase/auth; Max-Age=600; HttpOnly; SameSite=Strict']);
		expect(cookies[1]).toEqual(cookies[0]);
	});
});

test('a code for a new address is for the browser in which it was changed', async () => {
	const ana = await here.signUp();
	const email = `new-${ana.email}`;
	const changed = await here.ask('PUT', '/supabase/auth/v1/user', { body: { email }, token: ana.token });
	expect(changed.status).toBe(200);
	const code = server.readCode(email);
	expect((await shown(elsewhere, email, code, 'email_change')).status).toBe(403);
	expect((await shown(here, email, code, 'email_change')).status).toBe(200);
});

test('claims are told apart, and an account without a code is claimed by nobody', () => {
	const claims = createCodeClaims();
	const [mine, other] = [drawClaim(), drawClaim()];
	expect(claims.holds('a', mine)).toBe(false);
	claims.bind('a', mine);
	expect([
		claims.holds('a', mine),
		claims.holds('a', other),
		claims.holds('a', undefined),
		claims.holds('b', mine)
	]).toEqual([...[true, false, false, false]]);
	claims.bind('a', other);
	expect([claims.holds('a', mine), claims.holds('a', other)]).toEqual([false, true]);
});
