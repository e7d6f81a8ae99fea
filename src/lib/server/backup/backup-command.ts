import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openPostgres } from '../backend/open-postgres.ts';
import { lockFolder } from '../folder-lock.ts';
import { ringPath } from '../secrets.ts';
import { readSettings } from '../settings.ts';
import type { Settings } from '../settings.ts';
import { encrypterFor, writeNewIdentity } from './age-keys.ts';
import { BackupError } from './backup-error.ts';
import { archiveName } from './daily.ts';
import { askServer } from './operator-socket.ts';
import { runCommand } from './run-command.ts';
import { saveArchive } from './save-archive.ts';
import { archiveMaker } from './seal-archive.ts';
import type { SealedArchive } from './seal-archive.ts';
import { tellSummary } from './write-archive.ts';
import type { Summary } from './write-archive.ts';

await runCommand(async () => {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { recipient: { type: 'string' }, 'new-identity': { type: 'string' } }
	});
	const settings = readSettings(process.env);
	const here = (path: string) => resolve(process.env.INIT_CWD || '.', path);
	const identity = values['new-identity'];
	if (identity) return makeIdentity(here(identity), settings);

	const recipients = values.recipient ?? settings.backup.recipients;
	encrypterFor(recipients);
	const file = here(positionals[0] ?? archiveName(Date.now()));
	if (existsSync(file))
		throw new BackupError('backup/exists', `${file} exists already; an archive is never written over.`);
	const { archive, close } = await openArchive(settings, recipients);
	try {
		const size = await saveArchive(archive.sealed, archive.done, file);
		tell(await archive.done, file, size, settings);
	} finally {
		await close();
	}
	return 0;
});

async function makeIdentity(path: string, settings: Settings): Promise<number> {
	if (!relative(settings.data, path).startsWith('..'))
		throw new BackupError(
			'backup/identity',
			'The identity must not lie with the data that its archives are to replace.'
		);
	const recipient = await writeNewIdentity(path);
	console.log(
		`The identity that opens archives is in ${path}: keep it away from this machine, and keep a second copy.`
	);
	console.log(`ARCA_BACKUP_RECIPIENT=${recipient}`);
	return 0;
}

/** An archive of the backend that the settings name: by the server that runs on its folder, or straight from the database. */
async function openArchive(
	settings: Settings,
	recipients: string
): Promise<{ archive: SealedArchive; close: () => Promise<void> }> {
	const { backend, data } = settings;
	const files = join(data, 'files');
	if (backend.kind === 'supabase')
		throw new BackupError(
			'backup/supabase',
			'This Arca stands on a Supabase project: its rows are in the backups that Supabase makes, its stored objects are not; copy those yourself.'
		);
	if (backend.kind === 'postgres') {
		const { connection, database } = openPostgres(backend.url);
		return { archive: await archiveMaker(database, files)(recipients), close: () => connection.close() };
	}
	const ofServer = await askServer(data, recipients);
	if (ofServer) return { archive: ofServer, close: () => Promise.resolve() };
	if (!existsSync(join(data, 'postgres')))
		throw new BackupError('backup/nothing', `There is nothing to back up yet in ${data}.`);
	const unlock = lockFolder(data);
	const { openPglite } = await import('../backend/open-pglite.ts');
	const { connection, database } = await openPglite(data);
	return {
		archive: await archiveMaker(database, files)(recipients),
		close: () => connection.close().then(unlock)
	};
}

function tell(summary: Summary, file: string, size: number, settings: Settings): void {
	const { missing } = summary;
	console.log(`${file} (${Math.ceil(size / 1024)} KiB) holds ${tellSummary(summary)}.`);
	if (missing) console.log(`${missing} stored files were not there any more.`);
	const where = settings.systemKeys ? 'They are the value of ARCA_SYSTEM_KEYS' : `They lie in ${ringPath(settings)}`;
	console.log(
		`The system keys are not in it, and without them no record of it opens. ${where}: keep a copy apart from it.`
	);
}
