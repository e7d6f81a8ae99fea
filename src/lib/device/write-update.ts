import type { Table } from 'dexie';
import type { AccountDatabase, OutboxRow, PageRow, PlaceRow, ReportRow } from './account-database.ts';
import type { DeviceSeal } from './device-seal.ts';
import { dropChanges, putChanges, sealChanges, sealReports } from './outbox.ts';
import { cutPages, sealPage } from './page-log.ts';
import type { PullPlace, StoreUpdate } from './record-store.ts';

/** An update with all that is secret in it sealed, ready for one transaction. */
export interface SealedUpdate {
	entity: string;
	pages: PageRow[];
	place: PullPlace | null | undefined;
	goesOn: boolean;
	drop: readonly string[];
	put: OutboxRow[];
	reports: ReportRow[];
}

/** Seals an update. WebCrypto answers later, which would end a transaction: so it comes before. */
export async function sealUpdate(seal: DeviceSeal, update: StoreUpdate): Promise<SealedUpdate> {
	const { entity, records = [], place, goesOn = false, drop = [], put = [], reports = [] } = update;
	const pages: PageRow[] = [];
	for (const page of cutPages(records)) pages.push(await sealPage(seal, entity, page));
	const [changes, told] = [await sealChanges(seal, put), await sealReports(seal, reports)];
	return { entity, pages, place, goesOn, drop, put: changes, reports: told };
}

/**
 * Writes an update in one transaction, over no more tables than it needs: a save does not wait for a reading.
 * @returns the entity's journal position after it, 0 where it brought no pages
 * @throws whatever Dexie throws; nothing of the update is there then
 */
export async function writeUpdate(database: AccountDatabase, update: SealedUpdate): Promise<number> {
	const { entity, pages, place, goesOn, drop, put, reports } = update;
	const tables: Table[] = [];
	if (pages.length > 0) tables.push(database.pages);
	if (place !== undefined) tables.push(database.places);
	if (drop.length + put.length > 0) tables.push(database.outbox);
	if (reports.length > 0) tables.push(database.reports);
	if (tables.length === 0) return 0;
	return database.transaction('rw', tables, async () => {
		if (drop.length > 0) await dropChanges(database, drop);
		if (put.length > 0) await putChanges(database, put);
		if (reports.length > 0) await database.reports.bulkPut(reports);
		if (place === null) await database.places.delete(entity);
		else if (place) await putPlace(database, { entity, ...place }, goesOn);
		return pages.length > 0 ? database.pages.bulkAdd(pages) : 0;
	});
}

/** Gives up the cached pages of all other entities: the server has them, and they are pulled again when opened. */
export async function dropOtherPages(database: AccountDatabase, entity: string): Promise<void> {
	await database.transaction('rw', database.pages, database.places, async () => {
		await database.pages.where('entity').notEqual(entity).delete();
		await database.places.where('entity').notEqual(entity).delete();
	});
}

async function putPlace(database: AccountDatabase, place: PlaceRow, goesOn: boolean): Promise<void> {
	const before = await database.places.get(place.entity);
	if (goesOn && !before) return;
	const settled = before?.settled;
	await database.places.put(settled ? { ...place, settled } : place);
}
