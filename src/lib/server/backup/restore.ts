import type { Ask } from '../backend/database.ts';
import type { Settings } from '../settings.ts';
import { keptRing } from '../secrets.ts';
import { parseSystemKeys, SystemLayer } from '../system-layer/index.ts';
import { damaged } from './backup-error.ts';
import { checkBodies, checkChains } from './check-bodies.ts';
import type { Opened } from './check-bodies.ts';
import { refuseFull } from './empty-backend.ts';
import { readArchive } from './read-archive.ts';
import { layDown, openTarget, refuseNewer } from './restore-target.ts';
import { RestoredFiles } from './restored-files.ts';
import { fixTextForms, insertRows, keptTables } from './row-text.ts';
import type { Table } from './row-text.ts';
import { summaryOf } from './write-archive.ts';
import type { Summary } from './write-archive.ts';

/** What came back, and how whole it is. */
export interface Restored {
	summary: Summary;
	/** Whether there are system keys at all. */
	hasKeys: boolean;
	bodies: Opened;
	files: Opened;
	chains: { all: number; broken: string[] };
}

/**
 * Puts an archive into an empty backend. It is read twice: whole, before anything is touched, and again into one
 * transaction, so that the backend is empty until all of it holds. Rows come back as they were, numbers, authors and
 * times included; sessions do not, and every entity gets a new epoch and the moment of the backup.
 * @throws BackupError, StartError in a sentence; the backend is as empty as before.
 */
export async function restore(settings: Settings, file: string, identities: string): Promise<Restored> {
	const ring = keptRing(settings);
	const layer = ring === undefined ? undefined : new SystemLayer(parseSystemKeys(ring));
	const { head, end } = await readArchive(file, identities, {});
	refuseNewer(head.migrations);
	const target = await openTarget(settings);
	const files = new RestoredFiles(target.files, layer);
	let isSettled = false;
	try {
		await target.database.within('reading', refuseFull);
		await files.begin();
		await layDown(target, head.migrations);
		return await target.database.within('writing', async (ask) => {
			const tables = await clear(ask);
			const again = await readArchive(file, identities, {
				head: (found) => refuseUnknown(found.tables, tables),
				rows: async (name, lines) => {
					const table = tables.get(name);
					if (table) await ask(insertRows(table), [`[${lines.join(',')}]`]);
				},
				file: (name, entry) => files.take(name, entry)
			});
			if (again.end.sha256 !== end.sha256) throw damaged('it was changed while it was read');
			await switchTriggers(ask, tables, 'enable');
			const bodies = await checkBodies(ask, layer);
			const chains = await checkChains(ask);
			await renewEpochs(ask, head.at);
			await files.settle();
			isSettled = true;
			return { summary: summaryOf(head, end), hasKeys: layer !== undefined, bodies, files: files.sealed, chains };
		});
	} catch (error) {
		await files.withdraw(isSettled);
		throw error;
	} finally {
		await target.close();
	}
}

/** Makes the tables ready for rows that no trigger may stamp; what the migrations put in goes, the archive has its own. */
async function clear(ask: Ask): Promise<Map<string, Table>> {
	await fixTextForms(ask);
	// A server that stands on the same database must not take in anybody meanwhile.
	await ask('lock table auth.users, public.entities in share row exclusive mode');
	await refuseFull(ask);
	const tables = new Map((await keptTables(ask)).map((table) => [table.name, table]));
	await switchTriggers(ask, tables, 'disable');
	for (const name of [...tables.keys()].reverse()) await ask(`delete from ${name}`);
	return tables;
}

/** The triggers of our own tables; those of foreign keys stay on, and so does what others own. */
async function switchTriggers(ask: Ask, tables: Map<string, Table>, to: 'enable' | 'disable'): Promise<void> {
	for (const name of tables.keys()) {
		if (/^(public|app_private)\./.test(name)) await ask(`alter table ${name} ${to} trigger user`);
	}
}

/** Keeps of each table the columns that the archive has, in its order. @throws BackupError when one is not there. */
function refuseUnknown(told: { name: string; columns: string[] }[], tables: Map<string, Table>): void {
	for (const { name, columns } of told) {
		const here = new Map(tables.get(name)?.columns.map((column) => [column.name, column]));
		const known = columns.map((column) => here.get(column));
		if (known.length === 0 || known.includes(undefined)) throw damaged(`this Arca has no such table as its ${name}`);
		tables.set(name, { name, columns: known.filter((column) => column !== undefined) });
	}
}

/** Devices that knew a later moment see by the epoch that they know too much. */
async function renewEpochs(ask: Ask, at: string): Promise<void> {
	await ask('update public.entities set epoch = gen_random_uuid(), restored_from = $1::text::timestamptz', [at]);
	// Numbers of transactions are of the cluster they were given out in: here a later one could have the same.
	await ask(`update app_private.audit_cuts set transaction = '0'`);
	await ask(`select app.note_audit('entity', id, 'entity.restore', id) from public.entities`);
}
