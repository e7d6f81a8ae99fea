import { freshDevice, manyRecords, readRows } from './device.ts';
import { randomUUID } from 'node:crypto';
import { Dexie } from 'dexie';
import type { Table } from 'dexie';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { KeyRow, SealedRow } from '../../../src/lib/device/account-database.ts';
import { drawDeviceKey, sessionKey } from '../../../src/lib/device/device-key.ts';
import { openRecordStore } from '../../../src/lib/device/open-record-store.ts';
import { openText, sealText } from '../../../src/lib/device/sealed-text.ts';
import { SessionStore } from '../../../src/lib/device/session-store.ts';

const account = randomUUID();
const entity = randomUUID();

/** The database as the first released version of the app made it. */
class FirstVersion extends Dexie {
	declare readonly keys: Table<KeyRow, string>;
	declare readonly sealed: Table<SealedRow, string>;

	constructor() {
		super(`arca-${account}`);
		this.version(1).stores({ keys: '&name', sealed: '&name' });
	}
}

/** A device of that version with somebody signed in; the connection stays open. */
async function firstVersion(): Promise<FirstVersion> {
	const database = new FirstVersion();
	const key = await drawDeviceKey();
	await database.keys.add({ name: 'device', key });
	await database.sealed.add(await sealText(await sessionKey(key), 'session', 'the session'));
	return database;
}

async function sessionIn(database: FirstVersion): Promise<string | null> {
	const [key, row] = [await database.keys.get('device'), await database.sealed.get('session')];
	return key && row ? openText(await sessionKey(key.key), row) : null;
}

beforeEach(freshDevice);

describe('a database of version 1', () => {
	test('becomes one of today that still has the session, the key and room for records', async () => {
		(await firstVersion()).close();
		const store = await openRecordStore(account);
		const records = manyRecords(3);
		await store.commit({ entity, records });
		expect((await readRows(store, entity)).rows).toEqual(records);
		expect(await new SessionStore().read()).toEqual({ account, text: 'the session' });
		store.close();
	});

	test('stays as it was where the upgrade is cut off, and the next opening succeeds', async () => {
		(await firstVersion()).close();
		const create = Reflect.get(IDBDatabase.prototype, 'createObjectStore');
		const cut = vi.spyOn(IDBDatabase.prototype, 'createObjectStore').mockImplementation(function (
			this: IDBDatabase,
			...given
		) {
			if (given[0] === 'places') throw new DOMException('cut off', 'AbortError');
			return create.apply(this, given);
		});
		await expect(openRecordStore(account)).rejects.toMatchObject({ code: 'device/unavailable' });
		expect(cut.mock.calls.length, 'it was in the middle of it').toBeGreaterThan(1);
		cut.mockRestore();
		const old = new FirstVersion();
		expect(await sessionIn(old)).toBe('the session');
		expect(old.backendDB().version).toBe(10);
		old.close();
		expect(await new SessionStore().read()).toEqual({ account, text: 'the session' });
		(await openRecordStore(account)).close();
	});

	test('that an old tab holds open is let go of by that tab, and nothing hangs', async () => {
		const old = await firstVersion();
		let asked = 0;
		old.on('versionchange', () => {
			asked++;
			old.close();
			return false;
		});
		const store = await openRecordStore(account);
		expect(asked).toBe(1);
		expect(old.isOpen()).toBe(false);
		expect(await store.place(entity)).toBeNull();
	});
});

describe('a database that a newer app wrote', () => {
	/** As some later app might make it: what is kept is laid out otherwise. */
	async function newer(): Promise<Dexie> {
		const database = new Dexie(`arca-${account}`);
		database.on('versionchange', () => (database.close(), false));
		database.version(1).stores({ keys: '&name', sealed: '&name' });
		database.version(9).stores({ changes: '++n' });
		await database.table('changes').add({ words: 'of tomorrow' });
		return database;
	}

	test('is told as such by an old tab, and stays as it is', async () => {
		(await firstVersion()).close();
		const tomorrow = await newer();
		await expect(openRecordStore(account)).rejects.toMatchObject({ code: 'device/newer' });
		expect(await tomorrow.table('changes').toArray()).toEqual([{ n: 1, words: 'of tomorrow' }]);
		expect([tomorrow.backendDB().version, ...tomorrow.backendDB().objectStoreNames]).toEqual([
			90,
			'changes',
			'keys',
			'sealed'
		]);
	});

	test('still gives the session to an old tab, so that nobody is signed out by an update', async () => {
		(await firstVersion()).close();
		(await newer()).close();
		expect(await new SessionStore().read()).toEqual({ account, text: 'the session' });
	});

	test('keeps what it holds when somebody else signs in, but for the session', async () => {
		(await firstVersion()).close();
		(await newer()).close();
		const other = randomUUID();
		await new SessionStore().write({ account: other, text: 'of another' });
		const tomorrow = await newer();
		expect(await tomorrow.table('changes').count()).toBe(2);
		expect(await tomorrow.table('sealed').count()).toBe(0);
	});
});

test('a store whose database another tab removes refuses, and does not make an empty one', async () => {
	const store = await openRecordStore(account);
	await store.commit({ entity, records: manyRecords(1) });
	await new SessionStore().clear();
	await expect(store.commit({ entity, records: manyRecords(1) })).rejects.toMatchObject({ code: 'device/closed' });
	expect(await Dexie.getDatabaseNames()).toEqual([]);
});

test('where the browser keeps nothing, the same is kept in memory and said', async () => {
	const kept = Dexie.dependencies.indexedDB;
	Dexie.dependencies.indexedDB = undefined as unknown as IDBFactory;
	try {
		const store = await openRecordStore(account);
		expect(store.lasting).toBe(false);
	} finally {
		Dexie.dependencies.indexedDB = kept;
	}
	expect((await openRecordStore(account)).lasting).toBe(true);
});
