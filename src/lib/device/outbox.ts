import { Dexie } from 'dexie';
import type { AccountDatabase, OutboxRow, ReportRow } from './account-database.ts';
import type { DeviceSeal, Envelope } from './device-seal.ts';
import type { TurnedRows } from './kept-turn.ts';
import type { Report, WaitingChange } from './record-store.ts';
import { sameBytes } from './same-bytes.ts';

/** Changes as they are kept: their bodies, and the server's words about them, are sealed. */
export async function sealChanges(seal: DeviceSeal, changes: readonly WaitingChange[]): Promise<OutboxRow[]> {
	const texts = changes.map(({ change, entity, domain, plain, before, refusal, sealed, generation, anew }) => {
		const text = JSON.stringify({ plain, before, refusal, sealed, generation, anew });
		return { place: { entity, object: change, writes: 1 }, text, layered: seal.covers(entity, domain) };
	});
	const envelopes = await seal.seal(texts);
	return changes.map(({ change, entity, id, domain, base, tried, state }, at) => {
		const row = { change, entity, id, domain, base, tried, state, sealed: envelopes[at] ?? new Uint8Array() };
		return texts[at]?.layered ? { ...row, layered: true } : row;
	});
}

/** The changes of rows; null for one that does not open, `away` for one that waits for the user's earlier key. */
export async function openChanges(
	seal: DeviceSeal,
	rows: readonly OutboxRow[]
): Promise<(WaitingChange | 'away' | null)[]> {
	const opened = await seal.open(rows.map(envelopeOf));
	return rows.map((row, at) => {
		const { text, away } = opened[at] ?? { text: null };
		if (away) return 'away';
		try {
			return text === null ? null : ({ ...columnsOf(row), ...(JSON.parse(text) as object) } as WaitingChange);
		} catch {
			return null;
		}
	});
}

/** What of a change lies open in its row. */
export function columnsOf({
	change,
	entity,
	id,
	domain,
	base,
	tried,
	state
}: OutboxRow): Pick<WaitingChange, 'change' | 'entity' | 'id' | 'domain' | 'base' | 'tried' | 'state'> {
	// The database took them from a change.
	return { change, entity, id, domain, base, tried, state } as WaitingChange;
}

/** Seals changes of a domain anew that the user's own key covers by now; one that is written meanwhile is left alone. */
export async function coverChanges(
	database: AccountDatabase,
	seal: DeviceSeal,
	entity: string,
	domain: string
): Promise<void> {
	const all = await database.outbox.where('entity').equals(entity).toArray();
	const rows = all.filter((row) => row.domain === domain && !row.layered);
	await sealAnew(database, seal, rows);
}

/** Seals changes anew that are under a key of the user's from before; `away`: their records. */
export async function turnChanges(database: AccountDatabase, seal: DeviceSeal): Promise<TurnedRows> {
	const rows = (await database.outbox.toArray()).filter(({ layered }) => layered);
	const opened = await seal.open(rows.map(envelopeOf));
	const older = rows.filter((_, at) => opened[at]?.older);
	await sealAnew(database, seal, older);
	return { older: older.length, away: rows.filter((_, at) => opened[at]?.away).map(({ id }) => id) };
}

async function sealAnew(database: AccountDatabase, seal: DeviceSeal, rows: readonly OutboxRow[]): Promise<void> {
	const { outbox } = database;
	const opened = await openChanges(seal, rows);
	const changes = opened.filter((change) => change !== null && change !== 'away');
	const covered = await sealChanges(seal, changes);
	const before = new Map(rows.map((row) => [row.change, row]));
	await database.transaction('rw', outbox, async () => {
		for (const row of covered) {
			const { n, sealed } = before.get(row.change) ?? {};
			const now = n === undefined ? undefined : await outbox.get(n);
			if (now?.change === row.change && sameBytes(now.sealed, sealed)) await outbox.put({ ...row, n });
		}
	});
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

/** Reports as they are kept. */
export async function sealReports(seal: DeviceSeal, reports: readonly Report[]): Promise<ReportRow[]> {
	const texts = reports.map((report) => {
		const place = { entity: report.entity, object: report.id, writes: 1 };
		return { place, text: JSON.stringify(report), layered: false };
	});
	const envelopes = await seal.seal(texts);
	return reports.map(({ id, entity }, at) => ({ id, entity, sealed: envelopes[at] ?? new Uint8Array() }));
}

/** The reports of rows that open. */
export async function openReports(seal: DeviceSeal, rows: readonly ReportRow[]): Promise<Report[]> {
	const envelopes = rows.map(({ entity, id, sealed }) => {
		return { place: { entity, object: id, writes: 1 }, sealed, layered: false };
	});
	return (await seal.open(envelopes)).flatMap(({ text }) => {
		try {
			return text === null ? [] : (JSON.parse(text) as Report);
		} catch {
			return [];
		}
	});
}

function envelopeOf({ entity, change, sealed, layered }: OutboxRow): Envelope {
	return { place: { entity, object: change, writes: 1 }, sealed, layered: layered === true };
}

function turnsOf(database: AccountDatabase, changes: readonly string[]): PromiseLike<(number | undefined)[]> {
	const turns = changes.map((change) => database.outbox.where('change').equals(change).primaryKeys());
	return Promise.all(turns).then((found) => found.map(([n]) => n));
}
