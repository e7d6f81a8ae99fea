import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openPglite } from '../../src/lib/server/backend/open-pglite.ts';
import { startServer } from '../stage/server.ts';

test('a server that starts gives back the room of what was rolled back in its folder', async () => {
	const dataFolder = await mkdtemp(join(tmpdir(), 'arca-tidy-'));
	const serve = async () => {
		const server = await startServer({ dataFolder });
		expect(await server.stop()).toBe(0);
		expect(server.log()).not.toContain('not tidied');
	};
	try {
		await serve();
		const before = await openPglite(join(dataFolder, 'data'));
		await before.database.script('create table public.dead (body text)');
		const rolledBack = `insert into public.dead select repeat('x', 1000) from generate_series(1, 10000); select 1 / 0`;
		await expect(before.database.script(rolledBack)).rejects.toThrow('division by zero');
		const room = `select pg_relation_size('public.dead')::int as bytes, count(*)::int as rows from public.dead`;
		const [[dead] = []] = await before.database.transaction([[room, []]]);
		expect(dead).toMatchObject({ rows: 0 });
		expect(dead?.bytes).toBeGreaterThan(10_000_000);
		await before.connection.close();

		await serve();
		const after = await openPglite(join(dataFolder, 'data'));
		expect(await after.database.transaction([[room, []]])).toEqual([[{ rows: 0, bytes: 0 }]]);
		await after.connection.close();
	} finally {
		await rm(dataFolder, { recursive: true, force: true });
	}
});
