import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Change } from '../../src/lib/api/record.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client, expense } from './client.ts';
import type { Account } from './client.ts';
import { testDatabase } from './test-database.ts';

// PostgreSQL is given the first part of a large push while the rest is still being sealed.
describe('a push of 500 changes', () => {
	let databaseUrl: string;
	let server: TestServer;
	let client: Client;
	let ana: Account;
	let entity: string;

	beforeAll(async () => {
		databaseUrl = await testDatabase();
		server = await startServer({ databaseUrl, env: raisedLimits });
		client = await Client.of(server.url);
		ana = await client.signUp();
		entity = await client.createEntity(ana);
	});
	afterAll(() => server.stop());

	const expenses = (count: number): Change[] => Array.from({ length: count }, () => expense());
	const push = async (changes: Change[]) => (await client.push(ana, entity, changes)).results;

	test('is answered change by change, in order, a wrong one near its beginning and one near its end too', async () => {
		const changes = expenses(500);
		for (const place of [5, 490]) changes[place] = { ...expense(), base: 'wrong' };
		const results = await push(changes);
		expect(results.map(({ id }) => id)).toEqual(changes.map(({ id }) => id));
		const refused = results.flatMap(({ status }, place) => (status === 'accepted' ? [] : [[place, status]]));
		expect(refused).toEqual([
			[5, 'invalid'],
			[490, 'invalid']
		]);
	});

	test('may end with what follows its first change', async () => {
		const first = expense();
		const results = await push([first, ...expenses(498), { ...expense({ note: 'later' }), id: first.id, base: '1' }]);
		expect(results.at(0)).toMatchObject({ status: 'accepted', rev: '1' });
		expect(results.at(-1)).toMatchObject({ id: first.id, status: 'accepted', rev: '2' });
	});

	test('is written whole or not at all', async () => {
		const changes = expenses(500);
		const last = changes.at(-1)?.id ?? '';
		const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
		await sql.unsafe(`
			create function public.lose() returns trigger language plpgsql as 'begin raise sqlstate ''40P01''; end';
			create trigger lose before insert on public.records for each row when (new.id = '${last}') execute function public.lose();
		`);
		const body = { entity, changes };
		const lost = await client.ask('POST', '/api/records/push', { body, token: ana.token });
		const kept = await sql`select id from public.records where id = any (${changes.map(({ id }) => id)}::uuid[])`;
		await sql.unsafe('drop trigger lose on public.records; drop function public.lose()');
		await sql.end();
		expect(lost.status).toBe(503);
		expect(kept).toHaveLength(0);
		const results = await push(changes);
		expect(results.map(({ id, status }) => [id, status])).toEqual(changes.map(({ id }) => [id, 'accepted']));
	});

	test('shows 8 MiB of what stands there already; a conflict beyond is told to come again in a smaller one', async () => {
		const large = Array.from({ length: 40 }, () => expense({ note: 'x'.repeat(180_000) }));
		await push(large.slice(0, 20));
		await push(large.slice(20));
		const met = large.map(({ id }) => ({ ...expense(), id }));
		const results = await push([...met.slice(0, 20), ...expenses(460), ...met.slice(20)]);
		const statuses = results.map(({ status }) => status);
		const conflicts = statuses.filter((status) => status === 'conflict').length;
		expect(conflicts).toBeGreaterThan(30);
		expect(conflicts * 240_000).toBeLessThanOrEqual(8 * 1024 * 1024);
		expect(statuses.filter((status) => status === 'accepted')).toHaveLength(460);
		expect(results.at(-1)).toMatchObject({
			status: 'invalid',
			problem: { detail: expect.stringContaining('smaller') as unknown }
		});
		expect(await push(met.slice(-1))).toMatchObject([{ status: 'conflict' }]);
	});
});
