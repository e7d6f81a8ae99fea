import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { appliedVersions } from '@supabase/lite';
import type { Connection } from '@supabase/lite';
import { StartError } from '../start-error.ts';
import type { Database } from './database.ts';

/** The folder of our migrations. */
export const MIGRATIONS = fileURLToPath(new URL('../../../../supabase/migrations', import.meta.url));

/** The roles that policies name; Supabase has them, an empty database does not. */
const ROLES = `do $roles$ begin
	if not exists (select from pg_roles where rolname = 'anon') then create role anon nologin; end if;
	if not exists (select from pg_roles where rolname = 'authenticated') then create role authenticated nologin; end if;
	if not exists (select from pg_roles where rolname = 'service_role') then create role service_role nologin bypassrls; end if;
exception when duplicate_object or unique_violation then null; end $roles$;`;

/**
 * Applies the migrations that the database has not had, each in a transaction with the note that it was applied.
 * @param isWanted which versions are applied at all.
 * @returns the names of those applied now.
 * @throws StartError that names the migration which failed; the ones before it stay.
 */
export async function migrate(
	connection: Connection,
	database: Database,
	folder: string,
	isWanted: (version: string) => boolean = () => true
): Promise<string[]> {
	await database.script(ROLES);
	const done = new Set(await appliedVersions(connection));
	const names: string[] = [];
	for (const file of readdirSync(folder).sort()) {
		const [, version, name] = /^(\d+)_(.+)\.sql$/.exec(file) ?? [];
		if (!version || !name || done.has(version) || !isWanted(version)) continue;
		const script = readFileSync(join(folder, file), 'utf8');
		const note = `insert into supabase_migrations.schema_migrations (version, name) values ('${version}', '${name.replaceAll("'", "''")}');`;
		try {
			await database.script(`${note}\n${script}`);
		} catch (error) {
			// Another server that started at the same time was faster.
			if ((error as { constraint_name?: unknown }).constraint_name === 'schema_migrations_pkey') continue;
			throw new StartError('start/migration', `The migration ${file} failed: ${(error as Error).message}`);
		}
		names.push(file);
	}
	return names;
}
