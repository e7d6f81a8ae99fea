import type { Domain } from '../api/ids.ts';
import type { Plain, Record as ApiRecord } from '../api/record.ts';
import type { PartStore } from './part-store.ts';
import type { Locked, TurnedSeal, UserSeal } from './user-seal.ts';

/**
 * Why a body that came was not taken. `plain-refused`: in the clear, where there is a user layer. `cannot-open`: altered
 * or moved. `author`: its signature does not hold, or who made it may not write there. `retired`: under a key that is out
 * of use. `no-key`: under one that this person does not hold.
 */
export type Unread = 'plain-refused' | 'cannot-open' | 'author' | 'retired' | 'no-key';

/** A record as the server gave it, its user layer taken off; what is not known here is kept as it came. */
export interface StoredRecord extends ApiRecord {
	/** Where it has a user layer: the account whose signature the body carries. */
	signer?: string;
	/** What came last was not taken; `plain` is what this device had before. */
	unread?: Unread;
}

/** How far an entity was pulled: the server's epoch, and by domain the last sequence (decimal) this device holds. */
export interface PullPlace {
	epoch: string;
	after: Partial<{ [domain in Domain]: string }>;
	/** The instant (RFC 3339) the entity was restored to, where the server told one. */
	restoredFrom?: string | null;
	/** A pull from the beginning got this far and was not finished: records may be missing behind it. */
	partial?: true;
}

/** Why the server does not take a change. */
export type RefusalReason = 'denied' | 'invalid' | 'too-large' | 'over-quota' | 'content-missing' | 'damaged';

/** A change of this device that the server has not accepted yet. */
export interface WaitingChange {
	/** The change's own id, a lower-case UUID: sent again, it is answered as the first time. */
	change: string;
	entity: string;
	/** The record's id. */
	id: string;
	domain: Domain;
	/** The revision it stands on, decimal; "0" for a new record. */
	base: string;
	/** Whether it was handed to the network: the server may have it, so it is sent again byte for byte. */
	tried: boolean;
	/** `held`: after the server was restored from a backup, until the person agrees to push it back. */
	state: 'waiting' | 'refused' | 'held';
	refusal?: { reason: RefusalReason; detail: string };
	/** Once it was made ready for a domain with a user layer: its envelope, base64url, and the generation of the key. */
	sealed?: string;
	generation?: number;
	/** It had left with other bytes before it was sealed so: which of them the server has is seen by the next pull. */
	anew?: true;
	/** The new body; sealed on disk. */
	plain: Plain;
	/** The body it began from, null for a new record; sealed on disk. */
	before: Plain | null;
}

/** Something a person should know of, until they dismiss it. Sealed on disk. */
export interface Report {
	/** Its own id, a lower-case UUID. */
	id: string;
	entity: string;
	/** The record it is about, or null where it is about the entity. */
	record: string | null;
	what:
		| 'older-revision'
		| 'other-bytes'
		| 'moved'
		| Exclude<Unread, 'no-key'>
		| 'missing'
		| 'withheld'
		| 'damaged'
		| 'restored'
		| 'cache-lost'
		| 'sealed-away'
		| 'edit-in-bin';
	/** When, RFC 3339. */
	at: string;
	detail?: string;
}

/** What one commit writes: all of it or nothing. What is left out stays as it is. */
export interface StoreUpdate {
	entity: string;
	/** Rows in the order they are to be read again; a later row of a record replaces an earlier one. */
	records?: readonly StoredRecord[];
	/** Null forgets how far the entity was pulled. */
	place?: PullPlace | null;
	/** The place goes on from the one before: where that was given up with its pages meanwhile, it is not written. */
	goesOn?: boolean;
	/** Ids of changes that wait no longer. */
	drop?: readonly string[];
	/** Changes that wait; one that is already there is replaced and keeps its turn. */
	put?: readonly WaitingChange[];
	reports?: readonly Report[];
}

export interface ReadOptions {
	signal?: AbortSignal;
	/** Called after each page, with pages read and pages to read. */
	onProgress?: (done: number, total: number) => void;
}

/**
 * What one account keeps on this device. Every method but `close` throws DeviceError: `device/closed` once the store was
 * let go of, `device/unavailable` where the browser fails.
 */
export interface RecordStore {
	/** False where the browser keeps nothing for this page: all of it goes with the tab. */
	readonly lasting: boolean;
	/** Parts of files. */
	readonly parts: PartStore;

	/**
	 * Seals what it covers under the user's own key as well, from now on; null: there is no such key. What was kept
	 * before follows with the next `fold` of its entity. Without the key what it covered throws DeviceError
	 * `device/locked`; while it is `locked`, so does writing any record, change or text of records.
	 */
	sealWith(seal: UserSeal | Locked | null): void;

	/**
	 * Gives an entity's rows in the order they were written, a page at a time; the caller may keep them. Pages that do
	 * not open are dropped and counted, and the entity's place is forgotten (a full pull follows). Where one is broken, a
	 * report `cache-lost` is left; one that is whole and under a key of the user's from before is only a copy of what is
	 * pulled again, and nothing to tell.
	 * @param after a journal position, 0 for all: pages up to it are skipped
	 * @returns the journal position reached (`after` where there was nothing), and how many pages were dropped
	 * @throws the signal's reason, once it is aborted
	 */
	read(
		entity: string,
		after: number,
		take: (rows: StoredRecord[]) => void,
		options?: ReadOptions
	): Promise<{ last: number; dropped: number }>;

	/** How far the entity was pulled, or null before its first pull. */
	place(entity: string): Promise<PullPlace | null>;

	/**
	 * What waits, of one entity or of all, oldest first. One that does not open is dropped and reported `damaged`; one
	 * that was sealed under another key of the user's is kept, left out and reported `sealed-away`.
	 */
	waiting(entity?: string): Promise<WaitingChange[]>;

	/** Of whatever waits the entity and state, without opening it. */
	outline(): Promise<Pick<WaitingChange, 'entity' | 'state'>[]>;

	/** What was reported of an entity, oldest first. */
	reports(entity: string): Promise<Report[]>;

	/** Forgets a report by its id. */
	dismiss(report: string): Promise<void>;

	/**
	 * Writes in one transaction.
	 * @returns the entity's journal position after it, 0 where it wrote no rows. Whoever reads on from there must have
	 * read all before it: rows are written only after catching up, under the lock of a pass.
	 * @throws DeviceError `device/full`, after the cached pages of other entities were given up for room
	 */
	commit(update: StoreUpdate): Promise<number>;

	/**
	 * Gathers small pages into full ones and drops superseded rows, where it is worth it; seals what the user's own key has
	 * come to cover. Readers see the same rows.
	 */
	fold(entity: string): Promise<void>;

	/**
	 * Seals anew what is under a key of the user's from before.
	 * @param withPages pages of records as well, which may take a while; else what waits and texts alone
	 * @returns what was found; the older key is needed no longer once a whole turn finds nothing under it
	 */
	turnSeal(withPages: boolean): Promise<TurnedSeal>;

	/** Drops cached pages of an entity, or of one domain of it, and its place; never what waits. */
	forget(entity: string, domain?: Domain): Promise<void>;

	/** A sealed text by name, or null. One that does not open is null. */
	readText(name: string): Promise<string | null>;

	/**
	 * Keeps a text sealed; null removes it. The name itself stays readable on disk and holds no zero character.
	 * @param ofRecords it holds what records say: with user encryption on it is sealed under the user's own key as well
	 */
	writeText(name: string, text: string | null, ofRecords?: boolean): Promise<void>;

	/**
	 * Keeps what `change` makes of a text (null: there is none), as one step: where another tab wrote it meanwhile, `change`
	 * is asked again. The same text, or null, leaves it as it is.
	 */
	updateText(name: string, change: (before: string | null) => string | null): Promise<void>;

	/** The names of kept texts that begin so, in order. */
	textNames(prefix: string): Promise<string[]>;

	/** Lets go of the store; work that is under way may fail with `device/closed`. */
	close(): void;
}
