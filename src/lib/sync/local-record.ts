import type { StoredRecord, WaitingChange } from '../device/record-store.ts';
import { isBad, isWithheld } from './judge-record.ts';

/** A record as it stands on this device: its newest waiting body over the server's row. */
export interface LocalRecord extends StoredRecord {
	/** Something of it waits to be taken by the server; where it never was, `rev` and `seq` are "0". */
	waiting?: true;
	/** The server says it is gone, and no body says so: `plain` is what this device has. */
	withheld?: true;
	/** What the server has of it was not taken (`unread` says why, or the server cannot open it): `plain` is what this device has. */
	damagedThere?: true;
}

/**
 * A record as it stands, or undefined where this device has none.
 * @param row the server's
 * @param last the newest change of it that waits
 * @param account whose device it is
 */
export function localRecord(
	row: StoredRecord | undefined,
	last: WaitingChange | undefined,
	account: string
): LocalRecord | undefined {
	if (last) {
		const { id, domain, plain } = last;
		const at = typeof plain.meta.at === 'string' ? plain.meta.at : '';
		const state = plain.meta.deleted === true ? 'bin' : 'live';
		const own = { id, domain, author: account, state, updatedAt: at, plain, waiting: true } as const;
		return { rev: row?.rev ?? '0', seq: row?.seq ?? '0', ...own };
	}
	if (!row) return undefined;
	if (isWithheld(row)) return { ...row, withheld: true };
	const { damaged: _, ...kept } = row;
	return isBad(row) && row.plain ? { ...kept, damagedThere: true } : row;
}
