import type { Ask } from '../backend/database.ts';
import { DECOY } from '../backend/decoy.ts';
import { BackupError } from './backup-error.ts';

/** What somebody would lose, by the tables it lies in. */
const HOLDINGS = ['auth.users', 'public.entities', 'public.records', 'public.audit_events', 'storage.objects'];

/**
 * Makes sure that a database holds nothing of anybody: no schema yet, or one without accounts but the one that every
 * server makes for itself.
 * @throws BackupError `backup/not-empty` with what it holds.
 */
export async function refuseFull(ask: Ask): Promise<void> {
	const held: string[] = [];
	for (const table of HOLDINGS) {
		const [found] = await ask('select to_regclass($1) is not null as there', [table]);
		if (!found?.there) continue;
		const others = table === 'auth.users' ? `where email is distinct from '${DECOY}'` : '';
		const [counted] = await ask(`select count(*)::text as count from ${table} ${others}`);
		if (counted?.count !== '0') held.push(`${String(counted?.count)} rows in ${table}`);
	}
	if (held.length > 0)
		throw new BackupError(
			'backup/not-empty',
			`This backend is not empty: ${held.join(', ')}. A restore goes into an empty one: name another with ARCA_DATA or ARCA_DATABASE_URL, or move the old one away. Nothing was changed.`
		);
}
