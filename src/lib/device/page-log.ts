import type { AccountDatabase, PageRow } from './account-database.ts';
import type { DeviceSeal, Envelope } from './device-seal.ts';
import type { ReadOptions, StoredRecord } from './record-store.ts';

/** What a full page holds: so many records, or characters of JSON where the records are large. */
export const FULL_PAGE = 250;
const FULL_PAGE_TEXT = 128 * 1024;

/** How many pages are read from the disk at once. */
const READ_AHEAD = 8;

/** A page before it is sealed: JSON of records of one domain. */
export interface PageText {
	domain: string;
	count: number;
	json: string;
}

/**
 * What became of a reading: where it ended, and the positions of pages that gave nothing: `broken` ones, and such that are
 * whole and under a key of the user's that is not at hand (`away`).
 */
export interface Reading {
	last: number;
	broken: number[];
	away: number[];
}

/** Cuts records into pages of one domain each; within a domain they keep their order. */
export function cutPages(records: Iterable<StoredRecord>): PageText[] {
	const pages: PageText[] = [];
	const open = new Map<string, { parts: string[]; length: number }>();
	const finish = (domain: string, parts: string[]): void => {
		pages.push({ domain, count: parts.length, json: `[${parts.join(',')}]` });
		open.delete(domain);
	};
	for (const record of records) {
		const part = JSON.stringify(record);
		const page = open.get(record.domain) ?? { parts: [], length: 0 };
		open.set(record.domain, page);
		page.length += part.length;
		if (page.parts.push(part) >= FULL_PAGE || page.length >= FULL_PAGE_TEXT) finish(record.domain, page.parts);
	}
	for (const [domain, { parts }] of open) finish(domain, parts);
	return pages;
}

/**
 * A page as it is kept.
 * @param before the page it is written in place of: it keeps that one's position and id, counts the writing, and never
 * loses the user's own seal
 */
export async function sealPage(
	seal: DeviceSeal,
	entity: string,
	{ domain, count, json }: PageText,
	before?: PageRow
): Promise<PageRow> {
	const id = before?.id ?? crypto.randomUUID();
	const writes = (before?.writes ?? 0) + 1;
	const layered = before?.layered === true || seal.covers(entity, domain);
	const [sealed = new Uint8Array()] = await seal.seal([{ place: { entity, object: id, writes }, text: json, layered }]);
	const row: PageRow = { id, entity, domain, writes, count, size: sealed.length, sealed };
	if (layered) row.layered = true;
	return before?.n === undefined ? row : { ...row, n: before.n };
}

/**
 * The records of a page; null where it does not open, `away` where that is for want of the user's key of then. Throws
 * DeviceError `device/locked`.
 */
export async function openPage(seal: DeviceSeal, page: PageRow): Promise<StoredRecord[] | 'away' | null> {
	const [opened] = await seal.open([envelopeOf(page)]);
	if (opened?.away) return 'away';
	try {
		return opened?.text ? (JSON.parse(opened.text) as StoredRecord[]) : null;
	} catch {
		return null;
	}
}

/** Whether a page is under a key of the user's from before. Throws DeviceError `device/locked`. */
export async function isOlder(seal: DeviceSeal, page: PageRow): Promise<boolean> {
	const [opened] = await seal.open([envelopeOf(page)]);
	return opened?.older === true;
}

function envelopeOf({ entity, id, writes, sealed, layered }: PageRow): Envelope {
	return { place: { entity, object: id, writes }, sealed, layered: layered === true };
}

/**
 * Gives the records of an entity's pages after a position, page by page: the next pages are read, and one is opened,
 * while the caller takes the last.
 * @throws the signal's reason, DeviceError `device/locked`, or whatever Dexie throws where the database is closed
 */
export async function readPages(
	database: AccountDatabase,
	seal: DeviceSeal,
	entity: string,
	after: number,
	take: (rows: StoredRecord[]) => void,
	{ signal, onProgress }: ReadOptions = {}
): Promise<Reading> {
	const [broken, away]: [number[], number[]] = [[], []];
	let last = after;
	for (let moved = true; moved;) {
		moved = false;
		const positions = (await database.pages.where('entity').equals(entity).primaryKeys()).filter((n) => n > last);
		let done = 0;
		for await (const { n, rows } of openAhead(seal, fetchAhead(database, positions))) {
			signal?.throwIfAborted();
			if (rows === null) broken.push(n);
			else if (rows === 'away') away.push(n);
			// A fold moved its records to a later page meanwhile, perhaps behind those that were listed: look again.
			else if (rows === 'gone') moved = true;
			else take(rows);
			last = n;
			onProgress?.(++done, positions.length);
		}
	}
	return { last, broken, away };
}

/** A page's records, or why there are none. */
interface Opened {
	n: number;
	rows: StoredRecord[] | 'away' | 'gone' | null;
}

/** Opens pages in order; one is being opened while the one before it is given. */
async function* openAhead(seal: DeviceSeal, pages: AsyncGenerator<[number, Fetched]>): AsyncGenerator<Opened> {
	let opening: Promise<Opened> | null = null;
	for await (const [n, page] of pages) {
		const next = openFetched(seal, n, page);
		if (opening) yield opening;
		opening = next;
	}
	if (opening) yield opening;
}

async function openFetched(seal: DeviceSeal, n: number, page: Fetched): Promise<Opened> {
	if (typeof page !== 'string') return { n, rows: await openPage(seal, page) };
	return { n, rows: page === 'gone' ? 'gone' : null };
}

type Fetched = PageRow | 'gone' | 'unreadable';

/** Pages by their positions, in order; the next ones are asked for before the last ones are given. */
async function* fetchAhead(database: AccountDatabase, positions: number[]): AsyncGenerator<[number, Fetched]> {
	let ahead = fetchPages(database, positions.slice(0, READ_AHEAD));
	for (let at = 0; at < positions.length; at += READ_AHEAD) {
		const pages = await ahead;
		ahead = fetchPages(database, positions.slice(at + READ_AHEAD, at + 2 * READ_AHEAD));
		// Whoever stops listening does not hear of it any more.
		ahead.catch(() => undefined);
		for (const [index, page] of pages.entries()) yield [positions[at + index] ?? 0, page];
	}
}

async function fetchPages(database: AccountDatabase, positions: number[]): Promise<Fetched[]> {
	try {
		return (await database.pages.bulkGet(positions)).map((page) => page ?? 'gone');
	} catch (error) {
		if (!database.isOpen()) throw error;
	}
	// A page whose file the browser cannot read any more spoils no other.
	return Promise.all(
		positions.map(async (n): Promise<Fetched> => {
			try {
				return (await database.pages.get(n)) ?? 'gone';
			} catch (error) {
				if (!database.isOpen()) throw error;
				return 'unreadable';
			}
		})
	);
}
