import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Authenticator } from '../stage/authenticator.ts';
import type { Said } from '../stage/authenticator.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client } from './client.ts';
import type { Account } from './client.ts';
import { problemIn } from './described-routes.ts';
import { addPasskey, askPasskey } from './passkey-steps.ts';
import { testDatabase } from './test-database.ts';
import { anotherSession, codeOf, stepNow, turnOn } from './two-step.ts';

let server: TestServer;
let client: Client;
let sql: postgres.Sql;
let ana: Account;
let key: Authenticator;
let codes: string[];
let outside: string;

beforeAll(async () => {
	const databaseUrl = await testDatabase();
	server = await startServer({ databaseUrl, env: raisedLimits });
	client = await Client.of(server.url);
	sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
	ana = await client.signUp();
	await client.createEntity(ana);
	key = new Authenticator();
	({ codes } = await addPasskey(client, server.url, ana.token, key));
});
afterAll(async () => {
	await sql.end();
	await server.stop();
});
beforeEach(async () => {
	await sql`delete from app_private.step_attempts`;
	outside = await anotherSession(client, ana);
});

const host = () => new URL(server.url).hostname;
const show = (token: string, body: object) => client.ask('POST', '/api/two-factor/passkey', { token, body });
/** What a good device says to what the session is asked, but for what is other here. */
async function signed(token: string, other: Partial<Said> = {}, by = key): Promise<object> {
	const { challenge } = await askPasskey(client, token);
	return by.show({ challenge, origin: server.url, rpId: host(), ...other });
}
async function said(answer: Response | Promise<Response>): Promise<string> {
	const got = await answer;
	return got.ok ? 'shown' : (await problemIn(got)).type.replace('/problems/', '');
}
async function sees(token: string): Promise<string> {
	return said(client.ask('GET', '/api/entities', { token }));
}
const WRONG = 'two-factor/wrong-passkey';

describe('a passkey that was added', () => {
	test('as the first step turns two-step verification on with ten recovery codes, and shows it in another session', async () => {
		expect(codes).toHaveLength(10);
		expect(await sees(outside)).toBe('session/second-step');
		const state = await client.must<object>('GET', '/api/two-factor', { token: outside });
		expect(state).toMatchObject({ on: true, done: false, app: false, passkeys: 1 });
		expect(state).not.toHaveProperty('named');
		expect(await said(show(outside, await signed(outside)))).toBe('shown');
		expect(await sees(outside)).toBe('shown');
		const after = await client.must<{ named: object[] }>('GET', '/api/two-factor', { token: outside });
		const [named, ...more] = after.named;
		expect([Object.keys(named ?? {}).sort(), more]).toEqual([['at', 'id', 'name', 'used'], []]);
	});

	test.each([
		['of another challenge', { challenge: 'A'.repeat(43) }],
		['of another origin', { origin: 'https://evil.example' }],
		['for another host', { rpId: 'evil.example' }],
		['that nobody touched', { present: false }],
		['to make a passkey', { type: 'webauthn.create' }]
	])('opens nothing by a signature %s', async (_name, other: Partial<Said>) => {
		expect(await said(show(outside, await signed(outside, other)))).toBe(WRONG);
		expect(await sees(outside)).toBe('session/second-step');
		expect(await said(show(outside, await signed(outside)))).toBe('shown');
	});

	test('opens nothing by another key, or by one of somebody else', async () => {
		const forged = Object.assign(new Authenticator(), { id: key.id });
		expect(await said(show(outside, await signed(outside, {}, forged)))).toBe(WRONG);
		const ben = await client.signUp();
		const his = new Authenticator();
		await addPasskey(client, server.url, ben.token, his);
		expect(await said(show(outside, await signed(outside, {}, his)))).toBe(WRONG);
		const again = client.ask('POST', '/api/two-factor/passkeys', {
			token: ben.token,
			body: { name: 'hers', made: await madeFor(ben.token, key) }
		});
		expect(await said(again)).toBe('two-factor/passkey-known');
	});

	test('signs once, one after another and all at once', async () => {
		for (let round = 0; round < 20; round++) {
			const body = await signed(outside);
			const answers = await Promise.all(Array.from({ length: 8 }, () => said(show(outside, body))));
			// Those that come while it locks are told to wait; none waits for another without an end.
			expect(answers.filter((answer) => ![WRONG, 'access/locked'].includes(answer))).toEqual(['shown']);
			await sql`delete from app_private.step_attempts`;
			expect(await said(show(outside, body))).toBe(WRONG);
		}
	});

	test('signs for the session that asked, within five minutes', async () => {
		const other = await anotherSession(client, ana);
		const body = await signed(other);
		expect(await said(show(outside, body))).toBe(WRONG);
		expect(await said(show(other, body))).toBe('shown');
		const late = await signed(outside);
		await sql`update app_private.step_challenges set at = now() - interval '301 seconds'`;
		expect(await said(show(outside, late))).toBe(WRONG);
	});

	test('whose counter goes back is a copy', async () => {
		expect(await said(show(outside, await signed(outside, { counter: 1000 })))).toBe('shown');
		const next = await anotherSession(client, ana);
		for (const counter of [1000, 999, 0]) expect(await said(show(next, await signed(next, { counter })))).toBe(WRONG);
		await sql`update app_private.passkeys set counter = 0`;
		expect(await said(show(next, await signed(next, { counter: 999 }))), 'it is the counter that was kept').toBe(
			'shown'
		);
	});

	test('is kept to one check by the database alone', async () => {
		const [{ source } = { source: '' }] =
			await sql`select pg_get_functiondef('app.take_challenge(text, text)'::regprocedure) as source`;
		const body = await signed(outside);
		expect(await said(show(outside, { ...body, id: 'A'.repeat(43), rawId: 'A'.repeat(43) }))).toBe(WRONG);
		expect(await said(show(outside, body)), 'another one was checked by it').toBe(WRONG);
		await sql.unsafe(String(source).replace('and c.credential is null', ''));
		expect(await said(show(outside, body)), 'with the check taken out it would').toBe('shown');
		await sql.unsafe(String(source));
	});

	test('that nobody has is not counted: who has none is not locked by tries of one', async () => {
		const ben = await client.signUp();
		const body = key.show({ challenge: 'A'.repeat(43), origin: server.url, rpId: host() });
		const answers = await Promise.all(Array.from({ length: 6 }, () => said(show(ben.token, body))));
		expect(new Set(answers)).toEqual(new Set(['two-factor/no-passkey']));
		expect(await sql`select 1 from app_private.step_attempts where user_id = ${ben.id}`).toEqual([]);
	});

	test('after five wrong signatures shows nothing for a while; a recovery code does', async () => {
		for (let n = 0; n < 5; n++) await show(outside, await signed(outside, { rpId: 'evil.example' }));
		expect(await said(show(outside, await signed(outside)))).toBe('access/locked');
		const recover = { token: outside, body: { recoveryCode: codes[0] } };
		expect(await said(client.ask('POST', '/api/two-factor/recovery', recover))).toBe('shown');
	});
});

describe('adding and removing passkeys', () => {
	test('takes a step of the last minutes, and what a browser made for this challenge and place', async () => {
		await show(outside, await signed(outside));
		const add = async (other: Partial<Said>) =>
			said(
				client.ask('POST', '/api/two-factor/passkeys', {
					token: outside,
					body: { name: 'second', made: await madeFor(outside, new Authenticator(), other) }
				})
			);
		for (const other of [{ challenge: 'A'.repeat(43) }, { origin: 'https://evil.example' }, { rpId: 'evil.example' }])
			expect(await add(other)).toBe(WRONG);
		expect(await add({})).toBe('shown');
		await sql`update session_elevations set at = now() - interval '6 minutes' where user_id = ${ana.id}`;
		const options = () => client.ask('POST', '/api/two-factor/passkeys/options', { token: outside });
		expect(await said(options())).toBe('session/fresh-step');
		const { named } = await client.must<{ named: { id: string; name: string }[] }>('GET', '/api/two-factor', {
			token: outside
		});
		const second = named.find(({ name }) => name === 'second')?.id ?? '';
		const path = `/api/two-factor/passkeys/${second}`;
		expect(await said(client.ask('DELETE', path, { token: outside }))).toBe('session/fresh-step');
		expect(await said(client.ask('PATCH', path, { token: outside, body: { name: ' Phone ' } }))).toBe('shown');
		expect(await sql`select name from app_private.passkeys where id = ${second}`).toEqual([{ name: 'Phone' }]);
	});

	test('stays on with an app when the last passkey goes, and is off without either', async () => {
		const eva = await client.signUp();
		const hers = new Authenticator();
		await addPasskey(client, server.url, eva.token, hers);
		const { secret, codes: more } = await turnOn(client, eva);
		expect(more, 'there are recovery codes already').toEqual([]);
		const remove = async () => {
			const { named } = await client.must<{ named: { id: string }[] }>('GET', '/api/two-factor', { token: eva.token });
			return said(client.ask('DELETE', `/api/two-factor/passkeys/${named[0]?.id}`, { token: eva.token }));
		};
		expect(await remove()).toBe('shown');
		const body = { code: codeOf(secret, stepNow() + 1) };
		expect(await said(client.ask('POST', '/api/two-factor/verify', { token: eva.token, body }))).toBe('shown');
		const zoe = await client.signUp();
		await addPasskey(client, server.url, zoe.token, new Authenticator());
		Object.assign(eva, zoe);
		expect(await remove()).toBe('shown');
		expect(await client.must('GET', '/api/two-factor', { token: zoe.token })).toMatchObject({ on: false, passkeys: 0 });
	});
});

/** What a device makes for what a session is asked, but for what is other here. */
async function madeFor(token: string, by: Authenticator, other: Partial<Said> = {}): Promise<object> {
	const { challenge } = await client.must<{ challenge: string }>('POST', '/api/two-factor/passkeys/options', { token });
	return by.make({ challenge, origin: server.url, rpId: host(), ...other });
}
