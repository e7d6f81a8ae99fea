import { readFile } from 'node:fs/promises';
import postgres from 'postgres';
import { startPostgres } from '../stage/postgres.ts';

/** Who owns a database there and is no superuser; hosted-roles.sql makes the role. */
const OWNER = 'postgres_of_hosted';

/** An empty database on the PostgreSQL that all tests share. */
export async function testDatabase(): Promise<string> {
	const cluster = await startPostgres();
	return cluster.createDatabase();
}

/** The same, reached as an owner who is no superuser. */
export async function ownersDatabase(): Promise<string> {
	const url = await testDatabase();
	const sql = postgres(url, { max: 1, onnotice: () => undefined });
	await sql.unsafe(await readFile(new URL('../database/hosted-roles.sql', import.meta.url), 'utf8'));
	await sql`alter database ${sql(new URL(url).pathname.slice(1))} owner to ${sql(OWNER)}`;
	await sql.end();
	return Object.assign(new URL(url), { username: OWNER, password: OWNER }).href;
}
