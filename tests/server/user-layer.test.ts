import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Change, Record as VaultRecord, Result } from '../../src/lib/api/record.ts';
import type { ResealAnswer, StaleAnswer } from '../../src/lib/api/reseal.ts';
import { followRoster, retire, rotate } from '../../src/lib/crypto/roster-changes.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client, expense } from './client.ts';
import { EncryptedPerson, envelope } from './encrypted-person.ts';
import { testDatabase } from './test-database.ts';

let server: TestServer;
let client: Client;
let sql: postgres.Sql;
let ana: EncryptedPerson;
let entity: string;

beforeAll(async () => {
	const databaseUrl = await testDatabase();
	server = await startServer({ databaseUrl, env: { ...raisedLimits, ARCA_LIMIT_BACKEND: '100000' } });
	client = await Client.of(server.url);
	sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
});
beforeEach(async () => {
	ana = await EncryptedPerson.of(client, await client.signUp());
	entity = await client.createEntity(ana.account);
});
afterAll(async () => {
	await sql.end();
	await server.stop();
});

const inHealth = (more: Partial<Change> = {}): Change => ({ ...expense(), domain: 'health', ...more });
const sealed = (generation: number, more: Partial<Change> = {}): Change => {
	const { plain: _, ...change } = inHealth(more);
	return { ...change, generation, sealed: envelope(generation), ...more };
};

async function push(...changes: Change[]): Promise<Result[]> {
	return (await client.push(ana.account, entity, changes)).results;
}

async function pull(): Promise<VaultRecord[]> {
	const body = { entity, after: { health: '0' } };
	const { token } = ana.account;
	return (await client.must<{ records: VaultRecord[] }>('POST', '/api/records/pull', { body, token })).records;
}

async function history(id: string): Promise<VaultRecord[]> {
	const path = `/api/records/${entity}/${id}/history`;
	return (await client.must<{ records: VaultRecord[] }>('GET', path, { token: ana.account.token })).records;
}

const stale = (below: number): Promise<StaleAnswer> =>
	client.must('POST', '/api/records/stale', { body: { entity, domain: 'health', below }, token: ana.account.token });

async function reseal(...bodies: object[]): Promise<string> {
	const body = { entity, domain: 'health', bodies };
	const answer = await client.must<ResealAnswer>('POST', '/api/records/reseal', { body, token: ana.account.token });
	return answer.results.map(({ status }) => status).join(' ');
}

const rotated = async (to: number) =>
	ana.sign(rotate(followRoster(await ana.newest(entity)), 'health', await ana.keyHash(entity, 'health', to)));
const retired = async () => ana.sign(retire(followRoster(await ana.newest(entity)), 'health'));

describe('a domain with a user layer', () => {
	test('takes what the browser sealed and gives it back to the character; the server opens none of it', async () => {
		await ana.turnOn(entity);
		const change = sealed(1);
		const [made] = await push(change);
		expect(made).toMatchObject({ status: 'accepted', rev: '1' });
		const next = sealed(1, { id: change.id, base: '1', state: 'bin' });
		const [met] = [...(await push(next)), ...(await push({ ...next, change: randomUUID() }))].slice(1);
		expect(met).toMatchObject({ status: 'conflict', current: { sealed: next.sealed, generation: 1, state: 'bin' } });
		const [pulled] = await pull();
		expect(pulled).toMatchObject({ id: change.id, rev: '2', generation: 1, sealed: next.sealed, state: 'bin' });
		expect(pulled).not.toHaveProperty('plain');
		expect(await history(change.id)).toMatchObject([{ rev: '1', generation: 1, sealed: change.sealed }]);
		const [stored] = await sql`select body from records where id = ${change.id}`;
		expect(stored?.body).toMatch(/^AVM/);
		// The same change again, though it could not be written any more.
		expect(await ana.post(await rotated(2))).toBe('201');
		expect(await push(change)).toEqual([made]);
	});

	test('refuses plain bodies and those of older keys, and tells the current generation', async () => {
		const change = inHealth();
		await push(change);
		await ana.turnOn(entity);
		await ana.post(await rotated(2));
		const refused = await push(
			inHealth(),
			inHealth({ id: change.id, base: '1' }),
			sealed(1),
			sealed(1, { id: change.id, base: '1' })
		);
		for (const result of refused)
			expect(result).toMatchObject({
				status: 'stale-generation',
				problem: { type: '/problems/record/stale-generation', status: 409, generation: 2 }
			});
		// A newer key than the server's may be one that a restore took back: held, not refused.
		const newer = await push(sealed(2), sealed(3));
		expect(newer.map(({ status }) => status)).toEqual(['accepted', 'stale-generation']);
		expect((await push(expense()))[0]?.status).toBe('accepted');
	});

	test('refuses an old key also at the REST interface, where a member writes past the server', async () => {
		await ana.turnOn(entity);
		const change = sealed(1);
		await push(change);
		const [{ body } = { body: '' }] = await sql<{ body: string }[]>`select body from records where id = ${change.id}`;
		await ana.post(await rotated(2));
		const forge = (row: object) =>
			client.ask('PATCH', `/supabase/rest/v1/records?id=eq.${change.id}`, {
				token: ana.account.token,
				body: { rev: 2, change_id: randomUUID(), body, ...row }
			});
		const before = await pull();
		for (const row of [{}, { generation: 1 }, { generation: null }, { generation: 3 }])
			expect((await forge(row)).ok, JSON.stringify(row)).toBe(false);
		const row = { entity_id: entity, id: randomUUID(), domain: 'health', rev: 1, change_id: randomUUID(), body };
		for (const generation of [1, null])
			expect(
				(
					await client.ask('POST', '/supabase/rest/v1/records', {
						token: ana.account.token,
						body: { ...row, generation }
					})
				).ok
			).toBe(false);
		expect(await pull()).toEqual(before);
		expect((await forge({ generation: 2 })).ok).toBe(true);
	});

	test.each([
		['names another generation', { sealed: envelope(2) }],
		['is of the system layer', { sealed: envelope(1).replace(/^AVU/, 'AVM') }],
		['is too short', { sealed: envelope(1, 20) }],
		['says no generation', { generation: undefined }],
		['comes beside a plain one', { plain: inHealth().plain }],
		['is too large', { sealed: envelope(1, 250_000) }]
	])('refuses a sealed body that %s', async (_, wrong) => {
		await ana.turnOn(entity);
		const [result] = await push({ ...sealed(1), ...wrong });
		expect(['invalid', 'too-large']).toContain(result?.status);
		expect(await pull()).toEqual([]);
	});

	test('shows a body as damaged whose generation was altered in the database', async () => {
		await ana.turnOn(entity);
		const change = sealed(1);
		await push(change);
		await sql`alter table records disable trigger user`;
		for (const generation of [2, null]) {
			await sql`update records set generation = ${generation} where id = ${change.id}`;
			const [pulled] = await pull();
			expect(pulled).toMatchObject({ id: change.id, damaged: true });
			expect(pulled).not.toHaveProperty('sealed');
		}
		await sql`update records set generation = 1 where id = ${change.id}`;
		await sql`alter table records enable trigger user`;
		expect((await pull())[0]).toMatchObject({ sealed: change.sealed });
	});
});

describe('switching on and rotating', () => {
	test('goes on until no body, current or earlier, is older; then the old keys and grants are gone', async () => {
		const change = inHealth();
		await push(change);
		await push({ ...inHealth(), id: change.id, base: '1' });
		await ana.turnOn(entity);
		expect(await ana.post(await retired())).toBe('409 roster/in-use');
		const { records, left } = await stale(1);
		expect(records.map(({ rev, plain }) => `${rev} ${plain?.kind}`)).toEqual(['1 expense', '2 expense']);
		expect(left).toBe(0);
		const bodies = records.map(({ id, rev }) => ({ id, rev, from: 0, to: 1, sealed: envelope(1) }));
		expect(await reseal(bodies[0] ?? {})).toBe('accepted');
		expect(await ana.post(await retired())).toBe('409 roster/in-use');
		expect(await reseal(...bodies, { ...bodies[1], sealed: envelope(2) })).toBe('accepted accepted invalid');
		expect(await ana.post(await retired())).toBe('201');
		expect((await pull())[0]).toMatchObject({ rev: '2', seq: '2', sealed: bodies[1]?.sealed, generation: 1 });
		expect(await history(change.id)).toMatchObject([{ rev: '1', sealed: bodies[0]?.sealed }]);

		await ana.post(await rotated(2));
		const again = (await stale(2)).records.map(({ id, rev }) => ({ id, rev, from: 1, to: 2, sealed: envelope(2) }));
		expect(await reseal(...again)).toBe('accepted accepted');
		const generations = async () => {
			const answer = await client.must<{ grants: { generation: number }[] }>('GET', `/api/grants?entity=${entity}`, {
				token: ana.account.token
			});
			return [...new Set(answer.grants.map(({ generation }) => generation))].sort();
		};
		expect(await generations()).toEqual([1, 2]);
		expect(await ana.post(await retired())).toBe('201');
		expect(await generations()).toEqual([2]);
		expect(await stale(2)).toEqual({ records: [], left: 0 });
	});

	test('of two rosters at once one is taken, and the other is told which', async () => {
		await ana.turnOn(entity);
		const [one, other] = await Promise.all([rotated(2), rotated(2)]);
		const answers = await Promise.all([one, other].map((roster) => ana.ask('POST', '/api/rosters', roster)));
		expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
		const late = answers.find(({ status }) => status === 409);
		const { type, current } = (await late?.json()) as { type: string; current: { counter: string; bytes: string } };
		expect(type).toBe('/problems/roster/conflict');
		expect(current).toMatchObject({ counter: '2', bytes: one.bytes });
	});

	test('refuses a roster with a key twice, which two readers could read in two ways', async () => {
		await ana.turnOn(entity);
		const next = await rotated(2);
		const text = Buffer.from(next.bytes, 'base64url').toString().replace('"counter":2', '"counter":2,"counter":2');
		expect(await ana.post({ ...next, bytes: Buffer.from(text).toString('base64url') })).toBe('422 request/invalid');
		expect(await ana.post(next)).toBe('201');
	});

	test("is nobody else's: a stranger learns of no roster, grant, identity or body, and posts none", async () => {
		await ana.turnOn(entity);
		const sten = await EncryptedPerson.of(client, await client.signUp());
		const asked = [
			sten.ask('GET', `/api/rosters?entity=${entity}`),
			sten.ask('GET', `/api/grants?entity=${entity}`),
			sten.ask('GET', `/api/identities?user=${ana.account.id}`),
			sten.ask('POST', '/api/records/stale', { entity, domain: 'health', below: 1 }),
			sten.ask('POST', '/api/records/reseal', {
				entity,
				domain: 'health',
				bodies: [{ id: randomUUID(), rev: '1', from: 0, to: 1, sealed: envelope(1) }]
			}),
			sten.ask('POST', '/api/grants', { entity, grants: (await rotated(2)).grants })
		];
		for (const answer of await Promise.all(asked)) expect(answer.status).toBe(403);
		expect(await sten.post(await rotated(2))).toMatch(/^(403|422) /);
	});
});
