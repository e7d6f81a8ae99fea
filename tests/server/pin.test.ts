import { createHash, randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { claimsOf } from '../stage/tokens.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client } from './client.ts';
import type { Account } from './client.ts';
import { problemIn } from './described-routes.ts';
import { EncryptedPerson } from './encrypted-person.ts';
import { testDatabase } from './test-database.ts';
import { anotherSession } from './two-step.ts';

// Attack 27: a PIN is guessed. Half of what it opens is a share that the server gives out after at most five tries.
let server: TestServer;
let client: Client;
let sql: postgres.Sql;
let ana: Account;
/** A session of hers, another one for each test. */
let device: string;
let right: string;

beforeAll(async () => {
	const databaseUrl = await testDatabase();
	server = await startServer({ databaseUrl, env: raisedLimits });
	client = await Client.of(server.url);
	sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
	ana = await client.signUp();
	const person = await EncryptedPerson.of(client, ana);
	await person.turnOn(await client.createEntity(ana));
});
afterAll(async () => {
	await sql.end();
	await server.stop();
});
beforeEach(async () => {
	device = await anotherSession(client, ana);
	right = verifierOf();
});

const verifierOf = () => randomBytes(32).toString('base64url');
const put = async (token = device, verifier = right) =>
	(await client.must<{ share: string }>('PUT', '/api/keys/pin', { token, body: { verifier } })).share;
/** What a try comes to: the share, how many tries are left, or the problem. */
async function tryIt(verifier: string, token = device): Promise<string | number> {
	const answer = await client.ask('POST', '/api/keys/pin', { token, body: { verifier } });
	if (answer.ok) return ((await answer.json()) as { share: string }).share;
	const { type, left } = await problemIn(answer);
	return type === '/problems/keys/wrong-pin' ? (left ?? NaN) : type;
}
const guess = (times: number) => Promise.all(Array.from({ length: times }, () => tryIt(verifierOf())));
const stands = async (token = device) => (await client.ask('GET', '/api/entities', { token })).ok;
const sharesOf = async (token = device) =>
	Number(
		(await sql`select count(*) from app_private.pin_shares where session_id = ${claimsOf(token).session_id}`)[0]?.count
	);

describe('the share of a PIN', () => {
	test('is 32 random bytes that only the right PIN is given, however often', async () => {
		const share = await put();
		expect(Buffer.from(share, 'base64url')).toHaveLength(32);
		expect([await tryIt(verifierOf()), await tryIt(right), await tryIt(right)]).toEqual([4, share, share]);
		expect([await tryIt(verifierOf()), await tryIt(verifierOf())]).toEqual([4, 3]);
		expect(await put()).not.toBe(share);
		expect(await tryIt(verifierOf())).toBe(4);
	});

	test('is kept sealed, and of the verifier only a hash', async () => {
		const share = await put();
		const rows = await sql`select to_jsonb(p)::text as text, hash from app_private.pin_shares p`;
		expect(
			rows.some(({ hash }) => hash === createHash('sha256').update(Buffer.from(right, 'base64url')).digest('hex'))
		).toBe(true);
		const text = rows.map((row) => String(row.text)).join();
		for (const secret of [share, right])
			for (const form of ['base64', 'base64url', 'hex'] as const)
				expect(text).not.toContain(Buffer.from(secret, 'base64url').toString(form));
		for (const secret of [share, right]) expect(server.log()).not.toContain(secret);
	});

	test('of one session is nothing to another one of the same person, nor to somebody else', async () => {
		await put();
		const elsewhere = await anotherSession(client, ana);
		const ben = await client.signUp();
		for (const token of [elsewhere, ben.token]) expect(await tryIt(right, token)).toBe('/problems/keys/no-pin');
		const hers = await put(elsewhere, right);
		expect([await tryIt(right, elsewhere), await tryIt(right)]).toEqual([hers, expect.not.stringMatching(hers)]);
	});

	test('that was sealed for one session does not open in the place of another', async () => {
		await put();
		const elsewhere = await anotherSession(client, ana);
		await put(elsewhere);
		const [mine, theirs] = [device, elsewhere].map((token) => claimsOf(token).session_id);
		await sql`update app_private.pin_shares p set body = o.body from app_private.pin_shares o
			where p.session_id = ${mine ?? ''} and o.session_id = ${theirs ?? ''}`;
		expect(await tryIt(right), 'as if there were none').toBe('/problems/keys/no-pin');
	});

	test('is drawn for nobody without user encryption', async () => {
		const ben = await client.signUp();
		const answer = await client.ask('PUT', '/api/keys/pin', { token: ben.token, body: { verifier: right } });
		expect((await problemIn(answer)).type).toBe('/problems/keys/none');
	});
});

describe('the fifth wrong PIN in a row', () => {
	test('destroys the share and revokes the session, and no other one', async () => {
		await put();
		const tries: unknown[] = [];
		for (let turn = 0; turn < 5; turn++) tries.push(await tryIt(verifierOf()));
		expect(tries).toEqual([4, 3, 2, 1, 0]);
		expect([await sharesOf(), await tryIt(right)]).toEqual([0, '/problems/session/revoked']);
		expect([await stands(), await stands(ana.token)]).toEqual([false, true]);
		const actions = await sql`select action from audit_events where object_id = ${claimsOf(device).session_id}
			and action <> 'session.sign_in' order by number`;
		expect(actions.map(({ action }) => String(action))).toEqual([
			'keys.pin_set',
			'keys.pin_destroyed',
			'session.revoke'
		]);
	});

	test('is the fifth of fifty at once: each counts', async () => {
		await put();
		const said = await guess(50);
		expect(said.filter((one) => typeof one === 'number').sort()).toEqual([0, 1, 2, 3, 4]);
		expect([await sharesOf(), await stands()]).toEqual([0, false]);
	});

	test('would be one of many, were they not counted', async () => {
		const [{ source } = { source: '' }] =
			await sql`select pg_get_functiondef('public.try_pin(text)'::regprocedure) as source`;
		await sql.unsafe(String(source).replace('tries = s.tries + 1', 'tries = s.tries'));
		const share = await put();
		const said = await guess(50);
		const found = await tryIt(right);
		await sql.unsafe(String(source));
		expect([new Set(said), found]).toEqual([new Set([5]), share]);
	});
});

describe('a PIN ends', () => {
	test('when it is taken off', async () => {
		await put();
		expect((await client.ask('DELETE', '/api/keys/pin', { token: device })).status).toBe(204);
		expect([await tryIt(right), await sharesOf()]).toEqual(['/problems/keys/no-pin', 0]);
	});

	test('with its session, revoked or signed out', async () => {
		await put();
		const signed = await anotherSession(client, ana);
		await put(signed);
		await client.ask('DELETE', `/api/sessions/${claimsOf(device).session_id}`, { token: ana.token });
		expect(await sharesOf()).toBe(0);
		await client.ask('POST', '/supabase/auth/v1/logout?scope=local', { token: signed });
		expect(await tryIt(right, signed)).toBe('/problems/session/ended');
		await sql`update app_private.sweeps set swept_at = '-infinity'`;
		expect(await stands(ana.token)).toBe(true);
		await expect.poll(() => sharesOf(signed)).toBe(0);
	});
});
