import type { Domain } from '../api/ids.ts';
import type { Record as RecordRow } from '../api/record.ts';
import type { RecordBody } from '../kinds/index.ts';

/** A record of the opened entity as screens use it: what its body says, not what its row claims. */
export interface OpenRecord {
	id: string;
	domain: Domain;
	/** Revision and sequence, decimal strings. */
	rev: string;
	seq: string;
	/** The id of who wrote this revision, as the database noted it; null where that account is gone. */
	author: string | null;
	/** By the body: `bin` where its meta says deleted. */
	state: 'live' | 'bin';
	/** When the revision was made, by the body; RFC 3339. */
	updatedAt: string;
	body: RecordBody;
	/** The server could not open it: `body` is empty, and the record cannot be saved over. */
	damaged?: true;
	/** The row's columns say something else than the body (someone wrote to the table by hand). */
	differs?: true;
	/** The row says it is gone for good, and no body says so; what this device knew is kept. */
	withheld?: true;
}

/**
 * Reads a row into an open record. The body decides what is shown; a row whose state disagrees is marked `differs`.
 * A row without a readable body, be it damaged or of a form this version does not know, is marked `damaged`; one that
 * is purged has none and stands in the bin.
 */
export function openRecord(row: RecordRow): OpenRecord {
	const { id, domain, rev, seq, author } = row;
	const body = row.damaged ? null : readBody(row.plain);
	if (body === null) {
		const empty: RecordBody = { kind: '', version: 0, values: {}, meta: { at: row.updatedAt } };
		const bare = { id, domain, rev, seq, author, updatedAt: row.updatedAt, body: empty };
		return row.state === 'purged' ? { ...bare, state: 'bin' } : { ...bare, state: 'live', damaged: true };
	}
	const state = body.meta.deleted === true ? 'bin' : 'live';
	const record: OpenRecord = { id, domain, rev, seq, author, state, updatedAt: body.meta.at, body };
	if ((row.state === 'live') !== (state === 'live')) record.differs = true;
	return record;
}

/** Whether a record's row is purged: no body came with it, and none is missed. */
export function isPurged(record: OpenRecord): boolean {
	return record.body.kind === '' && !record.damaged;
}

/** A record's JSON, kept whole with what this version does not know; null where it is no record at all. */
function readBody(plain: RecordRow['plain']): RecordBody | null {
	return typeof plain?.meta.at === 'string' ? (plain as RecordBody) : null;
}
