import type { StoredRecord } from '../device/record-store.ts';

/** A record as it stands on this device: its newest waiting body over the server's row. */
export interface LocalRecord extends StoredRecord {
	/** Something of it waits to be taken by the server; where it never was, `rev` and `seq` are "0". */
	waiting?: true;
	/** The server says it is gone, and no body says so: `plain` is what this device has. */
	withheld?: true;
	/** What the server has of it was not taken (`unread` says why, or the server cannot open it): `plain` is what this device has. */
	damagedThere?: true;
}
