import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { identityHash } from '../../src/lib/crypto/identity.ts';
import { followRoster, moveIdentity, retire, rotate } from '../../src/lib/crypto/roster-changes.ts';
import type { Roster } from '../../src/lib/crypto/roster.ts';
import { writeSuccession } from '../../src/lib/crypto/succession.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client } from './client.ts';
import { b64u, drawSelf, EncryptedPerson } from './encrypted-person.ts';
import type { Self } from './encrypted-person.ts';
import { testDatabase } from './test-database.ts';

let server: TestServer;
let client: Client;
let sql: postgres.Sql;
let ana: EncryptedPerson;
let entity: string;

beforeAll(async () => {
	const databaseUrl = await testDatabase();
	server = await startServer({ databaseUrl, env: raisedLimits });
	client = await Client.of(server.url);
	sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
});
beforeEach(async () => {
	ana = await EncryptedPerson.of(client, await client.signUp());
	entity = await client.createEntity(ana.account);
	await ana.turnOn(entity);
});
afterAll(async () => {
	await sql.end();
	await server.stop();
});

const hashOf = async ({ identity }: Self) => b64u(await identityHash(identity));
const next = async (): Promise<Roster> => followRoster(await ana.newest(entity));
const rotated = async (to: number, roster?: Roster) =>
	ana.sign(rotate(roster ?? (await next()), 'health', await ana.keyHash(entity, 'health', to)));

/** Signs a roster that gives no key to anybody: what the browser's own code would not seal. */
async function bare(roster: Roster) {
	const held = [...ana.keys];
	ana.keys.clear();
	const post = await ana.sign(roster);
	for (const [name, key] of held) ana.keys.set(name, key);
	return post;
}

/** Ana changes her encryption password: her roster follows her to the new identity. Gives the identity before. */
async function change(version: number): Promise<Self> {
	const before = ana.self;
	ana.self = await drawSelf();
	const moved = moveIdentity(await next(), ana.account.id, await hashOf(ana.self));
	const succession = b64u(await writeSuccession(ana.account.id, before, ana.self, Date.now()));
	const put = ana.put(version, { succession, rosters: [await rotated(version, moved)] });
	const answer = await ana.ask('PUT', '/api/keys', put);
	expect(answer.status).toBe(200);
	return before;
}

describe('a roster that browsers would not accept does not take the next place of the chain', () => {
	test('signed with the identity before: a device that was open while the password changed', async () => {
		const [before, now] = [await change(2), ana.self];
		const retired = retire(await next(), 'health');
		ana.self = before;
		expect(await ana.post(await bare(retired))).toBe('422 request/invalid');
		ana.self = now;
		expect(await ana.post(await bare(retired))).toBe('201');
	});

	test('naming the owner by an identity that no statement leads to', async () => {
		const right = await next();
		const wrong = moveIdentity(right, ana.account.id, await hashOf(await drawSelf()));
		expect(await ana.post(await bare(wrong))).toBe('422 request/invalid');
		expect(await ana.post(await ana.sign(right))).toBe('201');
	});

	test('that comes with new keys and names another identity than theirs', async () => {
		const { id } = ana.account;
		const [before, other] = [ana.self, await drawSelf()];
		ana.self = await drawSelf();
		const succession = b64u(await writeSuccession(id, before, ana.self, Date.now()));
		const moved = rotate(
			moveIdentity(await next(), id, await hashOf(ana.self)),
			'health',
			await ana.keyHash(entity, 'health', 2)
		);
		const { grants } = await ana.sign(moved);
		const post = { ...(await bare(moveIdentity(moved, id, await hashOf(other)))), grants };
		const answer = await ana.ask('PUT', '/api/keys', ana.put(2, { succession, rosters: [post] }));
		expect(answer.status).toBe(422);
		expect(await answer.json()).toMatchObject({ errors: [{ pointer: '#/rosters/0/bytes' }] });
	});

	test('putting in somebody by an identity that is not theirs', async () => {
		const bea = await EncryptedPerson.of(client, await client.signUp());
		await bea.turnOn();
		await sql`insert into memberships (entity_id, user_id, role, domains)
			values (${entity}, ${bea.account.id}, 'viewer', array['finances'])`;
		await sql`update app.role_permissions set reserved = false where permission = 'members.invite'`;
		const roster = await next();
		const withBea = (identity: string): Roster => ({
			...roster,
			members: [...roster.members, { id: bea.account.id, identity, role: 'viewer', domains: ['finances'] }]
		});
		expect(await ana.post(await ana.sign(withBea(await hashOf(await drawSelf()))))).toBe('422 request/invalid');
		expect(await ana.post(await ana.sign(withBea(await hashOf(bea.self))))).toBe('201');
		expect(await bea.post(await bea.sign(await next()))).toBe('422 request/invalid');
	});

	test('of who has no user encryption', async () => {
		const eve = await EncryptedPerson.of(client, await client.signUp());
		const own = await client.createEntity(eve.account);
		expect(await eve.post(await eve.found(own))).toBe('404 keys/none');
	});
});
