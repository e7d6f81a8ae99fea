import { cutPages, FULL_PAGE, isOlder, openPage, sealPage } from './page-log.ts';
import type { AccountDatabase, PageRow } from './account-database.ts';
import type { DeviceSeal } from './device-seal.ts';
import type { StoredRecord } from './record-store.ts';

/** A page below both is small: worth gathering with its neighbours. */
const SMALL_COUNT = 100;
const SMALL_BYTES = 48 * 1024;

/** So many small pages of a domain, or records in them, are gathered. */
const MOST_SMALL_PAGES = 40;
const MOST_SMALL_RECORDS = 500;

/** Superseded rows are dropped once the rows are twice the records there were, and these more. */
const SPARE_ROWS = 1_000;

/** What is known of a page without reading it. */
interface PageFacts {
	n: number;
	domain: string;
	count: number;
	size: number;
}

/**
 * Folds an entity's journal where it is worth it, or in any case (`always`). Each page is written in place, in a
 * transaction of its own, and only where nobody else wrote it meanwhile: cut off anywhere, the rows that a reader comes
 * to in the end are the same.
 */
export async function foldPages(
	database: AccountDatabase,
	seal: DeviceSeal,
	entity: string,
	always = false
): Promise<void> {
	const settled = (await database.places.get(entity))?.settled ?? {};
	for (const [domain, pages] of await factsOf(database, entity)) {
		const rows = sum(pages);
		if (always || rows > 2 * (settled[domain] ?? 0) + SPARE_ROWS) {
			const records = await dropSuperseded(database, seal, pages);
			await database.places
				.where('entity')
				.equals(entity)
				.modify((place) => {
					place.settled = { ...place.settled, [domain]: records };
				});
		}
	}
	for (const pages of (await factsOf(database, entity)).values()) {
		const small = pages.filter(isSmall);
		if (always || small.length > MOST_SMALL_PAGES || sum(small) > MOST_SMALL_RECORDS)
			for (const run of runsOf(pages)) await gather(database, seal, run);
	}
}

/** Writes pages of a domain anew that the user's own key covers by now and did not when they were written. */
export async function coverPages(
	database: AccountDatabase,
	seal: DeviceSeal,
	entity: string,
	domain: string
): Promise<void> {
	for (const { n } of (await factsOf(database, entity)).get(domain) ?? []) {
		const page = await database.pages.get(n);
		const rows = page && !page.layered ? await openPage(seal, page) : null;
		if (page && Array.isArray(rows)) await replace(database, seal, [page], rows);
	}
}

/** Writes pages anew that are under a key of the user's from before. Gives how many there were. */
export async function turnPages(database: AccountDatabase, seal: DeviceSeal): Promise<number> {
	let older = 0;
	for (const n of await database.pages.toCollection().primaryKeys()) {
		const page = await database.pages.get(n);
		if (!page?.layered || !(await isOlder(seal, page))) continue;
		older++;
		const rows = await openPage(seal, page);
		if (Array.isArray(rows)) await replace(database, seal, [page], rows);
	}
	return older;
}

/** The pages of an entity by domain, each in order of writing. */
async function factsOf(database: AccountDatabase, entity: string): Promise<Map<string, PageFacts[]>> {
	const found: PageFacts[] = [];
	await database.pages
		.where('[entity+domain+count+size]')
		.between([entity], [entity, []])
		.eachKey((indexKey, cursor) => {
			const [, domain, count, size] = indexKey as unknown as [string, string, number, number];
			found.push({ n: cursor.primaryKey, domain, count, size });
		});
	found.sort((a, b) => a.n - b.n);
	return Map.groupBy(found, ({ domain }) => domain);
}

/** From the newest page to the oldest: keeps each record's last row. Gives how many records there are. */
async function dropSuperseded(database: AccountDatabase, seal: DeviceSeal, pages: PageFacts[]): Promise<number> {
	const seen = new Set<string>();
	for (const { n } of pages.toReversed()) {
		const page = await database.pages.get(n);
		const rows = page && (await openPage(seal, page));
		// What does not open is for the next reading to drop.
		if (!page || !Array.isArray(rows)) continue;
		const kept = lastRows(rows).filter(({ id }) => !seen.has(id));
		for (const { id } of rows) seen.add(id);
		if (kept.length < rows.length) await replace(database, seal, [page], kept);
	}
	return seen.size;
}

/** Neighbouring small pages that fit one page together. */
function runsOf(pages: PageFacts[]): PageFacts[][] {
	const runs: PageFacts[][] = [];
	let run: PageFacts[] = [];
	for (const page of pages) {
		const fits = isSmall(page) && sum(run) + page.count <= FULL_PAGE && bytes(run) + page.size <= 2 * SMALL_BYTES;
		if (!fits) {
			runs.push(run);
			run = [];
		}
		if (isSmall(page)) run.push(page);
	}
	return [...runs, run].filter(({ length }) => length > 1);
}

async function gather(database: AccountDatabase, seal: DeviceSeal, run: PageFacts[]): Promise<void> {
	const pages = (await database.pages.bulkGet(run.map(({ n }) => n))).filter((page) => page !== undefined);
	const opened = await Promise.all(pages.map((page) => openPage(seal, page)));
	const rows = opened.filter((one) => Array.isArray(one));
	if (rows.length < run.length) return;
	await replace(database, seal, pages, lastRows(rows.flat()));
}

/** Writes rows in place of neighbouring pages, at the last one's position: whoever read up to it misses nothing. */
async function replace(
	database: AccountDatabase,
	seal: DeviceSeal,
	pages: PageRow[],
	rows: StoredRecord[]
): Promise<void> {
	const last = pages.at(-1);
	const [text, ...more] = cutPages(rows);
	if (!last || more.length > 0) return;
	const layered = pages.some((page) => page.layered);
	const written = text && (await sealPage(seal, last.entity, text, layered ? { ...last, layered } : last));
	const positions = pages.map(({ n }) => n ?? 0);
	await database.transaction('rw', database.pages, async () => {
		const now = await database.pages.bulkGet(positions);
		if (!now.every((page, at) => page?.id === pages[at]?.id && page?.writes === pages[at]?.writes)) return;
		await database.pages.bulkDelete(positions);
		if (written) await database.pages.put(written);
	});
}

/** A record's last row only, in order. */
function lastRows(rows: StoredRecord[]): StoredRecord[] {
	const last = new Map(rows.map((row) => [row.id, row]));
	return rows.filter((row) => last.get(row.id) === row);
}

function isSmall({ count, size }: PageFacts): boolean {
	return count < SMALL_COUNT && size < SMALL_BYTES;
}

function sum(pages: PageFacts[]): number {
	return pages.reduce((total, { count }) => total + count, 0);
}

function bytes(pages: PageFacts[]): number {
	return pages.reduce((total, { size }) => total + size, 0);
}
