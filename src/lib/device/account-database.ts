import { Dexie } from 'dexie';
import type { Table } from 'dexie';

/** A key of this device, kept as an object the browser does not give the bytes of. */
export interface KeyRow {
	name: string;
	key: CryptoKey;
}

/** Text sealed under a key of this device: AES-256-GCM, a nonce of 12 bytes, ciphertext with its tag of 16. */
export interface SealedRow {
	name: string;
	nonce: Uint8Array<ArrayBuffer>;
	body: Uint8Array<ArrayBuffer>;
}

/** An envelope that `sealCached` made. */
type Envelope = Uint8Array<ArrayBuffer>;

/** A page of an entity's journal: JSON of `count` records of one domain, sealed with its `id` and `writes`. */
export interface PageRow {
	/** Its position in the journal; the database counts it. */
	n?: number;
	id: string;
	entity: string;
	domain: string;
	/** How often this page was written: 1, and one more each time a fold writes it anew. */
	writes: number;
	count: number;
	/** Bytes of `sealed`, to be known without reading it. */
	size: number;
	/** Its JSON was sealed under the user's own key before. */
	layered?: true;
	sealed: Envelope;
}

/** A change that waits; `sealed` is JSON of its bodies and of what the server said of it. */
export interface OutboxRow {
	n?: number;
	change: string;
	entity: string;
	id: string;
	domain: string;
	base: string;
	tried: boolean;
	state: string;
	/** As that of a page. */
	layered?: true;
	sealed: Envelope;
}

/** How far an entity was pulled; `settled` is how many records a domain had when its pages were last gone through. */
export interface PlaceRow {
	entity: string;
	epoch: string;
	after: { [domain: string]: string };
	restoredFrom?: string | null;
	partial?: true;
	settled?: { [domain: string]: number };
}

/** A report, as sealed JSON. */
export interface ReportRow {
	n?: number;
	id: string;
	entity: string;
	sealed: Envelope;
}

/** A part of a file's content as it is on the server without the system layer, sealed for this device. */
export interface PartRow {
	/** The content's id and the part's number, with a slash between. */
	name: string;
	content: string;
	/** Bytes of `sealed`. */
	size: number;
	/** When it was last stored or read, in milliseconds since 1970; the longest ago goes first. */
	used: number;
	/** It is on no server yet: it is not given up for room. */
	waiting?: 1;
	sealed: Envelope;
}

/** A text by its name. */
export interface TextRow {
	name: string;
	/** It holds what records say. */
	ofRecords?: true;
	/** As that of a page. */
	layered?: true;
	sealed: Envelope;
}

const PREFIX = 'arca-';
const NAME = /^arca-([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** The newest version of the database that this code knows. */
const VERSION = 5;

/** The one database of an account on this device. It holds sealed bytes and key objects: no plain text, no token. */
export class AccountDatabase extends Dexie {
	declare readonly keys: Table<KeyRow, string>;
	declare readonly sealed: Table<SealedRow, string>;
	declare readonly pages: Table<PageRow, number>;
	declare readonly outbox: Table<OutboxRow, number>;
	declare readonly places: Table<PlaceRow, string>;
	declare readonly reports: Table<ReportRow, number>;
	declare readonly texts: Table<TextRow, string>;
	declare readonly parts: Table<PartRow, string>;

	/** Whether a newer app than this one wrote the database: only the tables of version 1 are to be touched. */
	readonly newer: boolean;

	private constructor(account: string, installed: number) {
		super(PREFIX + account, {
			// A database that was removed under us stays removed: opening it again would make an empty one without our key.
			autoOpen: false,
			// Nothing is read twice, so nothing is worth keeping.
			cache: 'disabled',
			// What is told to be saved is on the disk, also where the power fails the next moment.
			chromeTransactionDurability: 'strict'
		});
		// A table of version 1 keeps its shape for good, so that the session outlives any update.
		const first = { keys: '&name', sealed: '&name' };
		this.newer = installed >= VERSION + 1;
		if (this.newer) {
			// Dexie puts every table that it is told of and misses into the database: so it is told of these alone.
			this.version(installed).stores(first);
		} else {
			this.version(1).stores(first);
			this.version(2).stores({
				pages: '++n, &id, entity, [entity+domain+count+size]',
				outbox: '++n, &change, entity, [entity+id]',
				places: '&entity',
				reports: '++n, &id, entity',
				texts: '&name'
			});
			// The same tables: an app that does not know of `layered` would take such rows for damaged.
			this.version(3).stores({});
			this.version(4).stores({ parts: '&name, content, used' });
			// What to give up is told by the indexes alone: a row of this table is megabytes.
			this.version(VERSION).stores({ parts: '&name, content, waiting, [used+size]' });
		}
		// Another tab removes this database or brings a newer app: let go at once, or it waits for us.
		this.on('versionchange', () => {
			this.close();
			return false;
		});
	}

	/**
	 * Opens an account's database, made where there is none and brought up to this version where it is older. One that is
	 * `newer` opens too, as it is.
	 * @param account the account's id, a lower-case UUID
	 * @throws whatever Dexie throws where the browser keeps no databases for this page
	 */
	static async open(account: string): Promise<AccountDatabase> {
		const database = new AccountDatabase(account, await versionOnDevice(PREFIX + account));
		await database.open();
		return database;
	}
}

/** The version of a database that is on this device, 0 where there is none or the browser does not tell. */
async function versionOnDevice(name: string): Promise<number> {
	const { indexedDB } = Dexie.dependencies as { indexedDB?: Partial<IDBFactory> };
	const found = (await indexedDB?.databases?.())?.find((database) => database.name === name);
	// Dexie counts by tens. https://dexie.org/docs/Dexie/Dexie.version()
	return (found?.version ?? 0) / 10;
}

/**
 * The accounts that have a database on this device.
 * @returns their ids, lower-case UUIDs
 * @throws whatever the browser throws where it keeps no databases for this page
 */
export async function accountsOnDevice(): Promise<string[]> {
	const names = await Dexie.getDatabaseNames();
	return names.flatMap((name) => NAME.exec(name)?.[1] ?? []);
}

/** Removes all that this device holds of an account. Open connections of other tabs close by themselves. */
export async function forgetAccount(account: string): Promise<void> {
	await Dexie.delete(PREFIX + account);
}
