import { afterAll, describe, expect, test } from 'vitest';
import { type Database, plays, readPlay } from './database.ts';
import { openEmbedded } from './embedded-lite.ts';
import { openHosted } from './hosted-postgres.ts';

const names = await plays();

describe.each([
	['PostgreSQL, as a hosted project is', openHosted],
	['the embedded backend', openEmbedded]
])('on %s', (_, open: () => Promise<Database>) => {
	let database: Promise<Database> | undefined;
	afterAll(async () => (await database)?.close());

	test.each(names)('%s', async (name) => {
		database ??= open();
		const stage = await database;
		const results = await stage.run(await readPlay(name)).catch(async (error: unknown) => {
			await stage.run('rollback');
			throw error;
		});
		const lines = results.flat().flatMap((row) => Object.values(row).map(String));
		const said = lines.flatMap((line) => line.split('\n'));
		expect(
			said.filter((line, at) => line.startsWith('not ok') || (line.startsWith('#') && !said[at - 1]?.startsWith('ok')))
		).toEqual([]);
		const passed = said.filter((line) => line.startsWith('ok '));
		expect(passed.length).toBeGreaterThan(0);
		expect(said).toContain(`1..${passed.length}`);
	});
});
