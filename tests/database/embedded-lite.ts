import { pgtap } from '@electric-sql/pglite/pgtap';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, setExperimental } from '@supabase/lite';
import { applyPendingMigrations } from '@supabase/lite/cli';
import { createPgliteConnection } from '@supabase/lite/pglite';
import { createFileStorage } from '../../src/lib/server/backend/file-storage.ts';
import type { Database } from './database.ts';

const KEY = 'sb_publishable_of_the_tests';
/** What signs access tokens there. */
export const JWT_SECRET = 'a secret of the tests, long enough to sign';

export interface EmbeddedDatabase extends Database {
	/** Asks the embedded backend over its HTTP interface, as `token` or as nobody. */
	ask(method: string, path: string, body?: unknown, token?: string): Promise<{ status: number; text: string }>;
}

/** The embedded backend in memory, migrated as it does it, after a first request: that one grants all tables to everybody. */
export async function openEmbedded(): Promise<EmbeddedDatabase> {
	const connection = await createPgliteConnection({ pgliteOptions: { extensions: { pgtap } } });
	await connection.driver.waitReady;
	await connection.driver.exec('create schema extensions; create extension pgtap schema extensions');
	setExperimental('storage', true);
	const files = mkdtempSync(join(tmpdir(), 'arca-files-'));
	const app = new App({
		connection,
		auth: {
			enabled: true,
			jwt_secret: JWT_SECRET,
			site_url: 'http://localhost',
			publishable_key: KEY,
			secret_key: 'sb_secret_of_the_tests',
			email: { enable_confirmations: false }
		},
		storage: { enabled: true },
		options: { server: { admin: false } }
	});
	app._storageAdapter = createFileStorage(files);
	await app.init();
	await applyPendingMigrations(app);
	const ask: EmbeddedDatabase['ask'] = async (method, path, body, token) => {
		const headers = new Headers({ apikey: KEY, 'content-type': 'application/json' });
		if (token) headers.set('authorization', `Bearer ${token}`);
		const request = new Request(`http://localhost${path}`, {
			method,
			headers,
			body: body === undefined ? null : JSON.stringify(body)
		});
		const answer = await app.fetch(request, { peerAddress: null });
		return { status: answer.status, text: await answer.text() };
	};
	await ask('GET', '/rest/v1/entities?limit=1');
	return {
		name: 'the embedded backend',
		ask,
		async run(statements) {
			return (await connection.driver.exec(statements)).map((result) => result.rows);
		},
		async close() {
			await connection.close();
			rmSync(files, { recursive: true, force: true });
		}
	};
}
