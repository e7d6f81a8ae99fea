import postgres from 'postgres';
import type { Sql } from 'postgres';
import { test as base } from './browser-test.ts';
import { startPostgres } from './postgres.ts';
import { startServer } from './server.ts';
import { raisedLimits } from './shared-server.ts';

/** The test with a server of its own on a PostgreSQL that it may change the rows of. */
export const test = base.extend<{ database: string; sql: Sql }>({
	database: async ({}, use) => {
		const server = await startPostgres({ lasting: false });
		await use(await server.createDatabase());
		await server.stop();
	},
	baseURL: async ({ database }, use) => {
		const server = await startServer({ databaseUrl: database, env: raisedLimits });
		await use(server.url);
		await server.stop();
	},
	sql: async ({ database }, use) => {
		const sql = postgres(database, { max: 1, onnotice: () => undefined });
		await use(sql);
		await sql.end();
	}
});
