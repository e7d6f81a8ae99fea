import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from '../folder-lock.ts';
import { createMail } from '../mail/create-mail.ts';
import type { Secrets } from '../secrets.ts';
import type { Settings } from '../settings.ts';
import type { Backend } from './backend.ts';
import type { Database } from './migrate.ts';
import { openSupabase } from './supabase.ts';

type Row = { [column: string]: unknown };

/** Opens the backend that the settings name; only what it needs is loaded. */
export async function openBackend(settings: Settings, secrets: Secrets): Promise<Backend> {
	const { backend } = settings;
	if (backend.kind === 'supabase') return openSupabase(backend.url, backend.publishableKey);
	return backend.kind === 'postgres' ? openPostgres(backend.url, settings, secrets) : openEmbedded(settings, secrets);
}

/** PGlite under the data folder, for this process alone. */
async function openEmbedded(settings: Settings, secrets: Secrets): Promise<Backend> {
	const unlock = lockFolder(settings.data);
	try {
		const [{ createPgliteConnection }, { openLite }] = await Promise.all([
			import('@supabase/lite/pglite'),
			import('./lite.ts')
		]);
		const folder = join(settings.data, 'postgres');
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		// An acknowledged write must survive a power cut.
		const connection = await createPgliteConnection({ url: folder, pgliteOptions: { relaxedDurability: false } });
		const { driver } = connection;
		await driver.waitReady;
		const database: Database = {
			run: (script) => driver.transaction((transaction) => transaction.exec(script)),
			query: async (statement, parameters) => (await driver.query<Row>(statement, parameters)).rows
		};
		const opened = await openLite({
			kind: 'embedded',
			connection,
			database,
			settings,
			secrets,
			mail: createMail(settings)
		});
		return {
			...opened,
			async close() {
				await opened.close();
				unlock();
			}
		};
	} catch (error) {
		unlock();
		throw error;
	}
}

/** The same interfaces over a PostgreSQL server. */
async function openPostgres(url: string, settings: Settings, secrets: Secrets): Promise<Backend> {
	const [{ createPostgresConnection }, { openLite }] = await Promise.all([
		import('@supabase/lite/postgres'),
		import('./lite.ts')
	]);
	mkdirSync(settings.data, { recursive: true, mode: 0o700 });
	const connection = createPostgresConnection({
		url,
		postgresOptions: { max: 10, onnotice: () => undefined, types: { jsonb } }
	});
	const { driver } = connection;
	const database: Database = {
		run: (script) =>
			driver.begin(async (transaction) => {
				// Several servers may start at once on one database.
				await transaction`select pg_advisory_xact_lock(7305104513)`;
				await transaction.unsafe(script);
			}),
		query: async (statement, parameters) => [...(await driver.unsafe<Row[]>(statement, parameters))]
	};
	return openLite({ kind: 'postgres', connection, database, settings, secrets, mail: createMail(settings) });
}

/** The backend hands JSON over as text; the driver's own way would quote that once more. */
const jsonb = {
	to: 3802,
	from: [3802],
	serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
	parse: (text: string) => JSON.parse(text) as unknown
};
