import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ringPath } from '../secrets.ts';
import { readSettings } from '../settings.ts';
import type { Settings } from '../settings.ts';
import { BackupError } from './backup-error.ts';
import type { Opened } from './check-bodies.ts';
import { restore } from './restore.ts';
import type { Restored } from './restore.ts';
import { runCommand } from './run-command.ts';
import { tellSummary } from './write-archive.ts';

/** What the command exits with when rows came back and some of them are not whole. */
const NOT_WHOLE = 3;

await runCommand(async () => {
	const { values, positionals } = parseArgs({ allowPositionals: true, options: { identity: { type: 'string' } } });
	const [file] = positionals;
	if (!file || !values.identity)
		throw new BackupError('backup/usage', 'Which archive, and what opens it? npm run restore -- FILE --identity FILE');
	const here = (path: string) => resolve(process.env.INIT_CWD || '.', path);
	const settings = readSettings(process.env);
	return tell(await restore(settings, here(file), here(values.identity)), settings);
});

function tell({ summary, hasKeys, bodies, files, chains }: Restored, settings: Settings): number {
	const { missing } = summary;
	console.log(`Restored ${tellSummary(summary)}.`);
	if (missing) console.log(`${missing} stored files were not in the archive.`);
	console.log(`Audit: ${chains.all - chains.broken.length} of ${chains.all} chains are whole.`);
	chains.broken.forEach((chain) => console.log(`  broken: ${chain}`));
	tellOpened('bodies', bodies);
	if (files.all > 0) tellOpened('parts of stored files', files);
	const isOpen = bodies.open === bodies.all && files.open === files.all;
	if (!isOpen)
		console.log(
			`${hasKeys ? 'Those were sealed by other system keys, or altered' : 'There are no system keys here'}: put the copy that you kept into ${ringPath(settings)}, or set ARCA_SYSTEM_KEYS, before Arca is started.`
		);
	console.log('Everybody signs in again, and every device is told what moment this is of.');
	return isOpen && chains.broken.length === 0 ? 0 : NOT_WHOLE;
}

function tellOpened(what: string, { all, open, damaged }: Opened): void {
	console.log(`System layer: ${open} of ${all} ${what} open.`);
	damaged.forEach((name) => console.log(`  does not open: ${name}`));
}
