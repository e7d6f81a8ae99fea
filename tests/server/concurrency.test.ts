import { describe, expect, test } from 'vitest';
import { createTurns } from '../../src/lib/server/backend/turns.ts';
import { startServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { Client, expense } from './client.ts';
import { testDatabase } from './test-database.ts';

describe('people who ask at the same time', () => {
	test.each(['PGlite', 'PostgreSQL'])('each get what is theirs and nothing else, on %s', async (backend) => {
		const databaseUrl = backend === 'PostgreSQL' ? await testDatabase() : undefined;
		const server = await startServer({ databaseUrl, env: { ...raisedLimits, ARCA_LIMIT_BACKEND: '100000' } });
		try {
			const client = await Client.of(server.url);
			const people = await Promise.all(
				Array.from({ length: 4 }, async () => {
					const account = await client.signUp();
					return { account, entity: await client.createEntity(account, account.email) };
				})
			);
			// Reads and writes by both ways in, of four people at once: nobody's statement may run under another's name.
			const turns = Array.from({ length: 25 }, () => people).flat();
			await Promise.all(
				turns.map(async ({ account, entity }, turn) => {
					const { token } = account;
					const list = await client.must<{ entities: { id: string; name: string }[] }>('GET', '/api/entities', {
						token
					});
					expect(list.entities).toMatchObject([{ id: entity, name: account.email }]);
					const rows = await client.must<{ user_id: string }[]>('GET', '/supabase/rest/v1/memberships?select=user_id', {
						token
					});
					expect(rows).toEqual([{ user_id: account.id }]);
					if (turn % 5 === 0) await client.push(account, entity, [expense()]);
					if (turn % 25 === 0) expect((await client.signIn(account.email, account.password)).status).toBe(200);
				})
			);
			for (const { account, entity } of people) {
				const records = await client.pullAll(account, entity);
				expect(records).toHaveLength(5);
				expect(new Set(records.map(({ author }) => author))).toEqual(new Set([account.id]));
			}
		} finally {
			await server.stop();
		}
	});

	test('take turns, in order, also past one that failed', async () => {
		const inTurn = createTurns();
		const log: string[] = [];
		const work = (name: string, fails = false) =>
			inTurn(async () => {
				log.push(`${name} begins`);
				await new Promise((resolve) => setImmediate(resolve));
				log.push(`${name} ends`);
				if (fails) throw new Error(name);
				return name;
			});
		const results = await Promise.allSettled([work('a'), work('b', true), work('c')]);
		expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
		expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
	});
});
