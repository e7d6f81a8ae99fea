import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { snapshotOf, tablesIn } from './catalog.ts';
import type { Table } from './catalog.ts';
import { Client, expense } from './client.ts';
import type { Account } from './client.ts';
import { EncryptedPerson } from './encrypted-person.ts';
import { testDatabase } from './test-database.ts';
import { turnOn } from './two-step.ts';

let server: TestServer;
let client: Client;
let sql: postgres.Sql;
let tables: Table[];
let ana: Account;
let entity: string;
let record: string;

beforeAll(async () => {
	const databaseUrl = await testDatabase();
	server = await startServer({ databaseUrl, env: { ...raisedLimits, ARCA_LIMIT_BACKEND: '100000' } });
	client = await Client.of(server.url);
	sql = postgres(databaseUrl, { max: 1 });
	tables = await tablesIn(sql);
	ana = await client.signUp();
	entity = await client.createEntity(ana);
	const change = expense();
	record = change.id;
	await client.push(ana, entity, [change]);
	await client.push(ana, entity, [{ ...expense(), id: record, base: '1' }]);
	const person = await EncryptedPerson.of(client, ana);
	await person.turnOn(entity);
	await person.ask('POST', '/api/keys/reset');
	const content = { entity, domain: 'finances', file: record };
	await client.must('POST', '/api/contents', { body: content, token: ana.token });
	await turnOn(client, ana);
});
afterAll(async () => {
	await sql.end();
	await server.stop();
});

describe('a member who writes directly', () => {
	/** A value of the column's type that is not the one that stands there. */
	function other(type: string, now: unknown): unknown {
		if (type === 'uuid') return randomUUID();
		if (/int|numeric/.test(type)) return Number(now ?? 0) + 7;
		if (type.startsWith('timestamp')) return '2001-01-01T00:00:00Z';
		if (type === 'boolean') return !now;
		if (type.endsWith('[]')) return ['chat'];
		if (type === 'jsonb') return { changed: true };
		return now === 'viewer' ? 'owner' : now === 'finances' ? 'health' : now === 'live' ? 'bin' : 'viewer';
	}

	test('changes no column of any table by itself, but their own preferences', async () => {
		await sql`insert into preferences (user_id) values (${ana.id}) on conflict do nothing`;
		const open = tables.filter(({ schema, name }) => schema === 'public' && name !== 'preferences');
		expect(open.length).toBeGreaterThanOrEqual(12);
		for (const { name, columns } of open) {
			const [row] = await sql<{ [column: string]: unknown }[]>`select * from ${sql(name)} limit 1`;
			expect(row, `${name} has a row of hers`).toBeDefined();
			for (const column of columns) {
				const before = await snapshotOf(sql, open);
				const path = `/supabase/rest/v1/${name}?${columns[0]?.name}=not.is.null`;
				const answer = await client.ask('PATCH', path, {
					token: ana.token,
					body: { [column.name]: other(column.type, row?.[column.name]) }
				});
				expect(answer.status, `${name}.${column.name}: ${await answer.text()}`).toBeLessThan(500);
				expect(await snapshotOf(sql, open), `${name}.${column.name}`).toEqual(before);
			}
		}
	});

	test('at worst stores a body that opens as damaged: sequence, author, times and generation are not theirs to say', async () => {
		const [before] = await sql<
			{ rev: number; seq: string; body: string }[]
		>`select rev::int, seq, body from records where id = ${record}`;
		const body = {
			rev: (before?.rev ?? 0) + 1,
			change_id: randomUUID(),
			body: `${before?.body.slice(0, 80)}${'A'.repeat(before?.body.slice(80).length ?? 0)}`,
			seq: 999_999,
			author: randomUUID(),
			created_at: '2001-01-01T00:00:00Z',
			updated_at: '2001-01-01T00:00:00Z'
		};
		await client.ask('PATCH', `/supabase/rest/v1/records?id=eq.${record}`, { token: ana.token, body });
		const [after] = await sql<{ seq: string; author: string; fresh: boolean; head: string }[]>`
			select r.seq, r.author, r.updated_at > now() - interval '1 minute' and r.created_at > now() - interval '10 minutes' as fresh, h.seq as head
			from records r join heads h using (entity_id, domain) where r.id = ${record}
		`;
		expect(after).toEqual({ seq: String(Number(before?.seq) + 1), author: ana.id, fresh: true, head: after?.seq });
		const pulled = await client.pullAll(ana, entity);
		expect(pulled.filter(({ damaged }) => damaged).map(({ id }) => id)).toEqual([record]);
		// Neither may a generation be made up, a revision be skipped, nor a record be moved or put where there is no right.
		const refused = [
			{ ...body, rev: 4, change_id: randomUUID(), generation: 5 },
			{ ...body, rev: 9, change_id: randomUUID() },
			{ ...body, rev: 4, change_id: randomUUID(), domain: 'health' },
			{ ...body, rev: 4, change_id: randomUUID(), entity_id: randomUUID() }
		];
		for (const wrong of refused) {
			const answer = await client.ask('PATCH', `/supabase/rest/v1/records?id=eq.${record}`, {
				token: ana.token,
				body: wrong
			});
			expect(answer.ok, await answer.text()).toBe(false);
		}
		expect(await client.pullAll(ana, entity)).toEqual(pulled);
	});
});
