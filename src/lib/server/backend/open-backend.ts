import { mkdirSync } from 'node:fs';
import { lockFolder } from '../folder-lock.ts';
import { describe } from '../log.ts';
import type { Log } from '../log.ts';
import { createMail } from '../mail/create-mail.ts';
import type { Secrets } from '../secrets.ts';
import type { Settings } from '../settings.ts';
import type { Backend } from './backend.ts';
import { openSupabase } from './supabase.ts';

/** Opens the backend that the settings name; only what it needs is loaded. */
export async function openBackend(settings: Settings, secrets: Secrets, log: Log): Promise<Backend> {
	const { backend, data } = settings;
	if (backend.kind === 'supabase') return openSupabase(backend.url, backend.publishableKey);
	mkdirSync(data, { recursive: true, mode: 0o700 });
	const { openLite } = await import('./lite.ts');
	const parts = { settings, secrets, mail: createMail(settings, log) };
	if (backend.kind === 'postgres') {
		const { openPostgres } = await import('./open-postgres.ts');
		return openLite({ kind: 'postgres', ...openPostgres(backend.url), ...parts });
	}
	const unlock = lockFolder(data);
	try {
		const { openPglite } = await import('./open-pglite.ts');
		const { tidy, ...pglite } = await openPglite(data);
		const opened = await openLite({ kind: 'embedded', ...pglite, ...parts });
		await tidy().catch((error: unknown) => log.warn('the database was not tidied', describe(error)));
		return { ...opened, close: () => opened.close().then(unlock) };
	} catch (error) {
		unlock();
		throw error;
	}
}
