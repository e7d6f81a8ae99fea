import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, setExperimental } from '@supabase/lite';
import type { Connection } from '@supabase/lite';
import type { Ask, Database } from '../backend/database.ts';
import { createFileStorage } from '../backend/file-storage.ts';
import { MIGRATIONS, migrate } from '../backend/migrate.ts';
import { openPostgres } from '../backend/open-postgres.ts';
import { lockFolder } from '../folder-lock.ts';
import type { Settings } from '../settings.ts';
import { BackupError } from './backup-error.ts';
import { migrationsOf } from './row-text.ts';

/** The database that an archive goes into, open for this process. */
export interface Target {
	connection: Connection;
	database: Database;
	/** The folder of its stored files. */
	files: string;
	close(): Promise<void>;
}

/**
 * @throws BackupError where an archive cannot be sent; StartError `start/locked` while a server runs on the folder.
 */
export async function openTarget({ backend, data }: Settings): Promise<Target> {
	if (backend.kind === 'supabase')
		throw new BackupError('backup/supabase', 'A Supabase project is restored by Supabase. Nothing was changed.');
	const files = join(data, 'files');
	// The stored files go there in any case.
	mkdirSync(data, { recursive: true, mode: 0o700 });
	if (backend.kind === 'postgres') {
		const { connection, database } = openPostgres(backend.url);
		return { connection, database, files, close: () => connection.close() };
	}
	const unlock = lockFolder(data);
	try {
		const { openPglite } = await import('../backend/open-pglite.ts');
		const { connection, database } = await openPglite(data);
		return { connection, database, files, close: () => connection.close().then(unlock) };
	} catch (error) {
		unlock();
		throw error;
	}
}

/** @throws BackupError `backup/newer` when an archive had migrations that this Arca does not know. */
export function refuseNewer(migrations: readonly string[]): void {
	const known = new Set(readdirSync(MIGRATIONS).map((name) => name.split('_')[0]));
	const unknown = migrations.find((version) => !known.has(version));
	if (unknown)
		throw new BackupError(
			'backup/newer',
			`The archive is of a newer Arca (migration ${unknown}): update this one first. Nothing was changed.`
		);
}

/** Lays down the schema that the archive's rows had; what is newer the server does at its next start. */
export async function layDown({ connection, database, files }: Target, migrations: readonly string[]): Promise<void> {
	const isBare = await database.within('reading', async (ask) => !(await exists(ask, 'auth.users')));
	if (isBare) {
		setExperimental('storage', true);
		// Only for its tables: nobody signs in to it.
		const jwt_secret = randomBytes(48).toString('base64url');
		const auth = { enabled: true, jwt_secret, site_url: 'http://localhost' };
		const app = new App({ connection, auth, storage: { enabled: true } });
		app._storageAdapter = createFileStorage(files);
		await app.ensureSystemSchema();
	}
	const wanted = new Set(migrations);
	await migrate(connection, database, MIGRATIONS, (version) => wanted.has(version));
	const had = await database.within('reading', migrationsOf);
	if (had.some((version) => !wanted.has(version)))
		throw new BackupError(
			'backup/older',
			'The archive is of an older Arca than this database was made by. Restore it into a new one (an empty folder or database); the next start brings it up to date. Nothing was changed.'
		);
}

async function exists(ask: Ask, table: string): Promise<boolean> {
	const [found] = await ask('select to_regclass($1) is not null as there', [table]);
	return found?.there === true;
}
