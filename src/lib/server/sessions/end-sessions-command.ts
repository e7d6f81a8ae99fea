import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { endSessionsStatement } from '../backend/end-sessions.ts';
import type { Database } from '../backend/database.ts';
import { openPostgres } from '../backend/open-postgres.ts';
import { BackupError } from '../backup/backup-error.ts';
import { askToEnd } from '../backup/operator-socket.ts';
import { runCommand } from '../backup/run-command.ts';
import { lockFolder } from '../folder-lock.ts';
import { readSettings } from '../settings.ts';
import type { Settings } from '../settings.ts';

// `npm run end-sessions -- EMAIL`, or `--everybody`: what an operator does when a device or the machine fell into other hands.
await runCommand(async () => {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { everybody: { type: 'boolean', default: false } }
	});
	const [email] = positionals;
	if ((email === undefined) === !values.everybody) {
		console.error('Whose sessions? npm run end-sessions -- EMAIL, or --everybody');
		return 2;
	}
	const ended = await endSessions(readSettings(process.env), email ?? null);
	console.log(`${ended} sessions are ended; their devices ask to sign in again.`);
	return 0;
});

/** By the server that runs on the data folder, or straight in the database. */
async function endSessions({ backend, data }: Settings, email: string | null): Promise<number> {
	if (backend.kind === 'supabase')
		throw new BackupError(
			'backup/supabase',
			"This Arca stands on a Supabase project: run select app_private.end_sessions('EMAIL'); in its SQL editor, with null for everybody."
		);
	const endIn = async (database: Database) => {
		const [rows] = await database.transaction([endSessionsStatement(email)]);
		return Number(rows?.[0]?.ended);
	};
	if (backend.kind === 'postgres') {
		const { connection, database } = openPostgres(backend.url);
		return endIn(database).finally(() => connection.close());
	}
	const byServer = await askToEnd(data, email);
	if (byServer !== undefined) return byServer;
	if (!existsSync(join(data, 'postgres')))
		throw new BackupError('backup/nothing', `There are no sessions yet in ${data}.`);
	const unlock = lockFolder(data);
	const { openPglite } = await import('../backend/open-pglite.ts');
	const { connection, database } = await openPglite(data);
	return endIn(database).finally(() => connection.close().then(unlock));
}
