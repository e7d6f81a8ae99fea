import { Dexie } from 'dexie';
import { openCachedText, sealCachedText } from './page-seal.ts';
import type { AccountDatabase, OutboxRow, ReportRow } from './account-database.ts';
import type { Report, WaitingChange } from './record-store.ts';

/** A change as it is kept: its bodies, and the server's words about it, are sealed. */
export async function sealChange(key: CryptoKey, waiting: WaitingChange): Promise<OutboxRow> {
	const { plain, before, refusal, change, entity, id, domain, base, tried, state } = waiting;
	const sealed = await sealCachedText(
		key,
		{ entity, object: change, writes: 1 },
		JSON.stringify({ plain, before, refusal })
	);
	return { change, entity, id, domain, base, tried, state, sealed };
}

/** The change of a row, or null where it does not open. */
export async function openChange(key: CryptoKey, row: OutboxRow): Promise<WaitingChange | null> {
	const { change, entity, id, domain, base, tried, state, sealed } = row;
	try {
		const inside = JSON.parse(await openCachedText(key, { entity, object: change, writes: 1 }, sealed)) as object;
		return { change, entity, id, domain, base, tried, state, ...inside } as WaitingChange;
	} catch {
		return null;
	}
}

/** Puts changes by their ids, inside a transaction: one that is there already keeps its turn. */
export async function putChanges(database: AccountDatabase, rows: readonly OutboxRow[]): Promise<void> {
	let known: OutboxRow[] = [];
	try {
		// Nearly all are new, and looking first would double the way of a save.
		await database.outbox.bulkAdd(rows);
	} catch (error) {
		if (!(error instanceof Dexie.BulkError)) throw error;
		const refused = Object.entries(error.failuresByPos);
		const other = refused.find(([, failure]) => failure.name !== 'ConstraintError');
		if (other) throw other[1];
		known = refused.flatMap(([at]) => rows[Number(at)] ?? []);
	}
	if (known.length === 0) return;
	const turns = await turnsOf(
		database,
		known.map(({ change }) => change)
	);
	await database.outbox.bulkPut(known.flatMap((row, at) => (turns[at] === undefined ? [] : { ...row, n: turns[at] })));
}

/** Drops changes by their ids, inside a transaction. */
export async function dropChanges(database: AccountDatabase, changes: readonly string[]): Promise<void> {
	const turns = await turnsOf(database, changes);
	await database.outbox.bulkDelete(turns.filter((n) => n !== undefined));
}

/** A report as it is kept. */
export async function sealReport(key: CryptoKey, report: Report): Promise<ReportRow> {
	const { id, entity } = report;
	const sealed = await sealCachedText(key, { entity, object: id, writes: 1 }, JSON.stringify(report));
	return { id, entity, sealed };
}

/** The report of a row, or null where it does not open. */
export async function openReport(key: CryptoKey, { id, entity, sealed }: ReportRow): Promise<Report | null> {
	try {
		return JSON.parse(await openCachedText(key, { entity, object: id, writes: 1 }, sealed)) as Report;
	} catch {
		return null;
	}
}

function turnsOf(database: AccountDatabase, changes: readonly string[]): PromiseLike<(number | undefined)[]> {
	const turns = changes.map((change) => database.outbox.where('change').equals(change).primaryKeys());
	return Promise.all(turns).then((found) => found.map(([n]) => n));
}
