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

const PREFIX = 'arca-';
const NAME = /^arca-([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** The one database of an account on this device. It holds sealed bytes and key objects: no plain text, no token. */
export class AccountDatabase extends Dexie {
	declare readonly keys: Table<KeyRow, string>;
	declare readonly sealed: Table<SealedRow, string>;

	/** @param account the account's id, a lower-case UUID */
	constructor(account: string) {
		super(PREFIX + account);
		this.version(1).stores({ keys: '&name', sealed: '&name' });
	}
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
