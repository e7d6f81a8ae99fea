import type { Domain } from '../api/ids.ts';
import { saysPurged } from '../api/purged-body.ts';
import type { Unread } from '../device/record-store.ts';
import { kindOf, upgradeBody } from '../kinds/index.ts';
import type { RecordBody } from '../kinds/index.ts';
import type { LocalRecord } from '../sync/replica.ts';

/** A record of the opened entity as screens use it: what its body says, not what its row claims. */
export interface OpenRecord {
	id: string;
	domain: Domain;
	/** Revision and sequence the server is known to have, decimal strings; "0" for what was only made here. */
	rev: string;
	seq: string;
	/** The id of who wrote that revision, as the database noted it; null where that account is gone. */
	author: string | null;
	/** By the body: `bin` where its meta says deleted. */
	state: 'live' | 'bin';
	/** When the body was made, by itself; RFC 3339. */
	updatedAt: string;
	/** When this revision was written, by the server's clock; for what it was not told yet, by this device's. RFC 3339. */
	writtenAt: string;
	/** In the newest version of its kind that is known here. */
	body: RecordBody;
	/** It holds a change of this device that the server does not have yet. */
	waiting?: true;
	/** It could not be opened: `body` is empty, and the record cannot be saved over. */
	damaged?: true;
	/** What the server has of it does not open, or was not taken; what is shown is what this device kept. */
	damagedThere?: true;
	/** The row's columns say something else than the body (someone wrote to the table by hand). */
	differs?: true;
	/** The row says it is gone, and no body says so; what this device knew is kept. */
	withheld?: true;
	/**
	 * Why what the server gave last was not taken. Where this device knew the record before, that is shown (`damagedThere`);
	 * else it is `damaged`.
	 */
	unread?: Unread;
	/** The body came under the user layer and opened: the generation of the key, and the account that signed it. */
	userLayer?: { generation: number; author: string };
}

/**
 * Reads a row into an open record. The body decides what is shown; a row whose state disagrees is marked `differs`.
 * A row without a readable body, be it damaged or of a form this version does not know, is marked `damaged`; one that
 * is purged has none and stands in the bin.
 */
export function openRecord(row: LocalRecord): OpenRecord {
	const { id, domain, rev, seq, author } = row;
	const purged = saysPurged(row.plain);
	const read = row.damaged || purged ? null : readBody(row.plain);
	const misplaced = read !== null && !mayBeIn(read.kind, domain);
	const unread = row.unread ?? (misplaced ? 'cannot-open' : undefined);
	const body = misplaced ? null : read;
	if (body === null) {
		const empty: RecordBody = { kind: '', version: 0, values: {}, meta: { at: row.updatedAt } };
		const bare = { id, domain, rev, seq, author, updatedAt: row.updatedAt, writtenAt: row.updatedAt, body: empty };
		if (purged || (row.state === 'purged' && !unread)) return { ...bare, state: 'bin' };
		return { ...bare, state: 'live', damaged: true, ...(unread ? { unread } : {}) };
	}
	const state = body.meta.deleted === true ? 'bin' : 'live';
	const updatedAt = body.meta.at;
	const writtenAt = row.waiting ? updatedAt : row.updatedAt;
	const record: OpenRecord = { id, domain, rev, seq, author, state, updatedAt, writtenAt, body };
	if (row.waiting) record.waiting = true;
	if (row.damagedThere) record.damagedThere = true;
	if (unread) record.unread = unread;
	if (row.signer !== undefined) record.userLayer = { generation: row.generation ?? 0, author: row.signer };
	if (row.withheld) record.withheld = true;
	// What waits may have taken it to the bin or out of it: the server's row follows.
	else if (!row.waiting && (row.state === 'live') !== (state === 'live')) record.differs = true;
	return record;
}

/**
 * Whether a record of that kind may be in a domain. Elsewhere it would be listed as if it were sealed as its own is, and be
 * saved there. What this version does not know may be anywhere.
 */
function mayBeIn(name: string, domain: Domain): boolean {
	const kind = kindOf(name);
	return kind === undefined || kind.anywhere === true || kind.domain === domain;
}

/** Whether nothing is left of a record: deleted for good, by somebody or after its days in the bin. */
export function isPurged({ body, damaged }: OpenRecord): boolean {
	return body.kind === '' && !damaged;
}

/** A record's JSON, kept whole with what this version does not know; null where it is no record at all. */
function readBody(plain: LocalRecord['plain']): RecordBody | null {
	return typeof plain?.meta.at === 'string' ? upgradeBody(plain as RecordBody) : null;
}
