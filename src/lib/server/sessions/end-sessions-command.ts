import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { endedIn, endSessionsStatement } from '../backend/end-sessions.ts';
import type { EndWish } from '../backend/end-sessions.ts';
import type { Database } from '../backend/database.ts';
import { openPostgres } from '../backend/open-postgres.ts';
import { BackupError } from '../backup/backup-error.ts';
import { askToEnd } from '../backup/operator-socket.ts';
import { runCommand } from '../backup/run-command.ts';
import { lockFolder } from '../folder-lock.ts';
import { readSettings } from '../settings.ts';
import type { Settings } from '../settings.ts';

// `npm run end-sessions -- EMAIL`, or `--everybody`: what an operator does when a device or the machine fell into other
// hands. With --close nobody signs in to the account any more, until --open.
await runCommand(async () => {
	const option = { type: 'boolean', default: false } as const;
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { everybody: option, close: option, open: option }
	});
	const [email] = positionals;
	const account = values.close ? 'close' : values.open ? 'open' : undefined;
	if (
		(email === undefined) === !values.everybody ||
		(account && (email === undefined || values.close === values.open))
	) {
		console.error(
			'Whose sessions? npm run end-sessions -- EMAIL, with --close or --open for the account; or --everybody'
		);
		return 2;
	}
	const ended = await endSessions(readSettings(process.env), { email: email ?? null, ...(account && { account }) });
	if (ended === null) {
		console.error('There is no account of that address.');
		return 1;
	}
	console.log(
		account === 'open'
			? 'The account is open again.'
			: `${ended === 1 ? '1 session is' : `${ended} sessions are`} ended; ${account ? 'the account is closed' : 'whoever had them is asked to sign in again'}.`
	);
	return 0;
});

/** By the server that runs on the data folder, or straight in the database. */
async function endSessions({ backend, data }: Settings, wish: EndWish): Promise<number | null> {
	if (backend.kind === 'supabase')
		throw new BackupError(
			'backup/supabase',
			"This Arca stands on a Supabase project: run select app_private.end_sessions('EMAIL'); in its SQL editor, with null for everybody, or close_account, open_account."
		);
	const endIn = async (database: Database) => {
		const [rows] = await database.transaction([endSessionsStatement(wish)]);
		return endedIn(rows?.[0]);
	};
	if (backend.kind === 'postgres') {
		const { connection, database } = openPostgres(backend.url);
		return endIn(database).finally(() => connection.close());
	}
	const byServer = await askToEnd(data, wish);
	if (byServer !== undefined) return byServer;
	if (!existsSync(join(data, 'postgres')))
		throw new BackupError('backup/nothing', `There are no sessions yet in ${data}.`);
	const unlock = lockFolder(data);
	const { openPglite } = await import('../backend/open-pglite.ts');
	const { connection, database } = await openPglite(data);
	return endIn(database).finally(() => connection.close().then(unlock));
}
