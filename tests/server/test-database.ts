import { startPostgres } from '../stage/postgres.ts';

/** An empty database on the PostgreSQL that all tests share. */
export async function testDatabase(): Promise<string> {
	const cluster = await startPostgres();
	return cluster.createDatabase();
}
