import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PullAnswer } from '../../src/lib/api/record.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client, expense } from './client.ts';
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
	sql = postgres(databaseUrl, { max: 1 });
	// As somebody with the database in hand: no trigger stands in the way.
	await sql`set session_replication_role = replica`;
	ana = await client.signUp();
});
afterAll(async () => {
	await sql.end();
	await server.stop();
});

/** An entity with a page of records; gives their ids. */
async function filled(): Promise<{ entity: string; ids: string[] }> {
	const entity = await client.createEntity(ana);
	const changes = Array.from({ length: 20 }, (_, line) => expense({ payee: `Payee ${line}` }));
	await client.push(ana, entity, changes);
	return { entity, ids: changes.map(({ id }) => id) };
}

/** Swaps the bodies of two records as the database holds them. */
async function swap([entityA, a]: [string, string], [entityB, b]: [string, string]): Promise<void> {
	await sql.begin(async (transaction) => {
		const body = (entity: string, id: string) =>
			transaction<{ body: string }[]>`select body from records where entity_id = ${entity} and id = ${id}`;
		const [[first], [second]] = [await body(entityA, a), await body(entityB, b)];
		await transaction`update records set body = ${second?.body ?? ''} where entity_id = ${entityA} and id = ${a}`;
		await transaction`update records set body = ${first?.body ?? ''} where entity_id = ${entityB} and id = ${b}`;
	});
}

/** What is damaged of an entity; everything else must be whole. */
async function damagedOf(entity: string): Promise<string[]> {
	const records = await client.pullAll(ana, entity);
	for (const record of records.filter(({ damaged }) => !damaged))
		expect(record.plain?.values.payee).toMatch(/^Payee \d+$/);
	for (const record of records.filter(({ damaged }) => damaged)) expect(record).not.toHaveProperty('plain');
	expect(records).toHaveLength(20);
	return records.filter(({ damaged }) => damaged).map(({ id }) => id);
}

test('two bodies swapped within an entity: exactly those two records are damaged', async () => {
	const { entity, ids } = await filled();
	await swap([entity, ids[3] ?? ''], [entity, ids[11] ?? '']);
	expect((await damagedOf(entity)).sort()).toEqual([ids[3], ids[11]].sort());
	await swap([entity, ids[3] ?? ''], [entity, ids[11] ?? '']);
	expect(await damagedOf(entity)).toEqual([]);
});

test('two bodies swapped across entities: exactly those two records are damaged', async () => {
	const [one, two] = [await filled(), await filled()];
	await swap([one.entity, one.ids[0] ?? ''], [two.entity, two.ids[19] ?? '']);
	expect(await damagedOf(one.entity)).toEqual([one.ids[0]]);
	expect(await damagedOf(two.entity)).toEqual([two.ids[19]]);
});

test.each([
	['revision', 'rev = rev + 1'],
	['domain', "domain = 'health'"],
	[
		'character of its body',
		"body = overlay(body placing case substr(body, 60, 1) when 'A' then 'B' else 'A' end from 60 for 1)"
	],
	[
		'body, an earlier one of its own',
		'body = (select h.body from record_history h where h.entity_id = r.entity_id and h.id = r.id limit 1)'
	]
])('a record is damaged by another %s than it was sealed with', async (_name, change) => {
	const { entity, ids } = await filled();
	const [id = ''] = ids;
	const again = { ...expense({ payee: 'Payee 1' }), id, base: '1' };
	await client.push(ana, entity, [again]);
	await sql`update records r set ${sql.unsafe(change)} where entity_id = ${entity} and id = ${id}`;
	const page = await client.must<PullAnswer>('POST', '/api/records/pull', {
		body: { entity, after: { finances: '0', health: '0' } },
		token: ana.token
	});
	expect(page.records).toHaveLength(20);
	expect(page.records.filter(({ damaged }) => damaged).map((record) => record.id)).toEqual([id]);
});

test('names of entities that are swapped are damaged, and the entities still open', async () => {
	const [one, two] = [await filled(), await filled()];
	await sql`update entities e set body = o.body from entities o where (e.id, o.id) in ((${one.entity}, ${two.entity}), (${two.entity}, ${one.entity}))`;
	const { entities } = await client.must<{ entities: { id: string; name: string; damaged?: true }[] }>(
		'GET',
		'/api/entities',
		{ token: ana.token }
	);
	const damaged = entities.filter((entity) => entity.damaged).map(({ id }) => id);
	expect(damaged.sort()).toEqual([one.entity, two.entity].sort());
	expect(await damagedOf(one.entity)).toEqual([]);
});
