import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { startPostgres, type TestPostgres } from '../stage/postgres.ts';
import { type Database, migrations } from './database.ts';

/** Who migrates on a hosted project: no superuser, but not bound by row level security. */
export const OWNER = 'postgres_of_hosted';

export interface HostedDatabase extends Database {
	/** The address at which the owner connects; more connections for tests of concurrency. */
	url: string;
	/** The address at which a superuser does, for what the owner may not. */
	superuserUrl: string;
}

/** Where the embedded PostgreSQL brings its pgTAP, an extension that few servers have installed. */
const archive = fileURLToPath(new URL('../../node_modules/@electric-sql/pglite/dist/pgtap.tar.gz', import.meta.url));

/** The statements of pgTAP, which is functions alone: so it needs not be installed where PostgreSQL is. */
function pgtap(): string {
	const extension = (name: string): string =>
		execFileSync('tar', ['-xzOf', archive, `share/postgresql/extension/${name}`], {
			encoding: 'utf8',
			maxBuffer: 2 ** 24
		});
	const [, version = ''] = /default_version = '([^']+)'/.exec(extension('pgtap.control')) ?? [];
	return extension(`pgtap--${version}.sql`);
}

/** Real PostgreSQL with what a hosted project has before the first migration, then the migrations, run by their owner. */
export async function openHosted(server?: TestPostgres): Promise<HostedDatabase> {
	const own = server ?? (await startPostgres());
	const address = await own.createDatabase();
	const shared = postgres(Object.assign(new URL(address), { pathname: '/postgres' }).href, { max: 1 });
	await shared.unsafe(await readFile(new URL('hosted-roles.sql', import.meta.url), 'utf8'));
	await shared.end();
	const superuser = postgres(address, { max: 1, onnotice: () => undefined });
	for (const file of ['../../supabase/tests/realtime.psql', 'hosted-stub.sql']) {
		await superuser.unsafe(await readFile(new URL(file, import.meta.url), 'utf8'));
	}
	await superuser.unsafe(`
		grant usage on schema extensions to public; set search_path = extensions, public; ${pgtap()}; reset search_path`);
	await superuser`grant create on database ${superuser(new URL(address).pathname.slice(1))} to ${superuser(OWNER)}`;
	await superuser.end();

	const url = Object.assign(new URL(address), { username: OWNER, password: OWNER }).href;
	const sql = postgres(url, { max: 1, onnotice: () => undefined });
	for (const { name, text } of await migrations()) {
		await sql
			.begin((one) => one.unsafe(text))
			.catch((cause: unknown) => {
				throw new Error(`${name} does not apply`, { cause });
			});
	}
	return {
		name: 'PostgreSQL',
		url,
		superuserUrl: address,
		async run(statements) {
			const results: unknown = await sql.unsafe(statements).simple();
			if (!Array.isArray(results)) return [];
			return (Array.isArray(results[0]) ? results : [results]) as Record<string, unknown>[][];
		},
		async close() {
			await sql.end();
			if (!server) await own.stop();
		}
	};
}
