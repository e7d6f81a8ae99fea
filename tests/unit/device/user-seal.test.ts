import { aChange, aRecord, freshDevice, manyRecords, readRows } from './device.ts';
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { AccountDatabase } from '../../../src/lib/device/account-database.ts';
import { cacheKey } from '../../../src/lib/device/device-key.ts';
import { openRecordStore } from '../../../src/lib/device/open-record-store.ts';
import { openCached } from '../../../src/lib/device/page-seal.ts';
import type { CachePlace } from '../../../src/lib/device/page-seal.ts';
import { userSeal } from '../../../src/lib/sync/user-seal.ts';
import { TestKeys, World } from '../sync/test-keys.ts';

const [entity, none] = [randomUUID(), '00000000-0000-0000-0000-000000000000'];
const secret = 'Penicillin-4711';
const place = { epoch: 'e', after: { health: '3' } };
let account = '';
let world: World;

beforeEach(() => {
	freshDevice();
	account = randomUUID();
	world = new World();
});

const unlocked = () => new TestKeys(world, account);
const switchOn = () => world.setLayer(entity, 'health', { oldest: 0, current: 1 });

/** Everything the database says to somebody who took it with the device key: every envelope opened with that. */
async function searchWithDeviceKey(): Promise<string> {
	const database = await AccountDatabase.open(account);
	const key = await cacheKey((await database.keys.get('device'))?.key as CryptoKey);
	const found: unknown[] = [];
	const read = async (row: object, sealed: Uint8Array<ArrayBuffer>, at: CachePlace) =>
		void found.push(row, Buffer.from(await openCached(key, at, sealed)).toString('utf8'));
	for (const row of await database.pages.toArray())
		await read(row, row.sealed, { entity: row.entity, object: row.id, writes: row.writes });
	for (const row of await database.outbox.toArray())
		await read(row, row.sealed, { entity: row.entity, object: row.change, writes: 1 });
	for (const row of await database.texts.toArray())
		await read(row, row.sealed, { entity: none, object: none, writes: 1, name: row.name });
	for (const row of await database.reports.toArray())
		await read(row, row.sealed, { entity: row.entity, object: row.id, writes: 1 });
	database.close();
	return JSON.stringify(found);
}

/** A device with a record, a change that waits and a draft of the health domain, and a record of another. */
async function filled(keys: TestKeys | null) {
	const store = await openRecordStore(account);
	store.sealWith(keys && userSeal(keys));
	const rows = [aRecord(randomUUID(), 1, 'health', secret), ...manyRecords(2)];
	const waits = aChange(entity, secret, { domain: 'health', sealed: 'AVUAAAAB', generation: 1 });
	await store.commit({ entity, records: rows, place, put: [waits] });
	await store.writeText('draft/a', secret, true);
	await store.writeText('entities', 'names are of the system layer');
	return { store, rows, waits };
}

describe('what a device keeps of a domain with a user layer', () => {
	test('says nothing to whoever has the device key, and all of it to its person', async () => {
		switchOn();
		const { store, rows, waits } = await filled(unlocked());
		const found = await searchWithDeviceKey();
		expect(found.includes(secret)).toBe(false);
		expect(found, 'what has no user layer is found').toContain('names are of the system layer');
		expect(found).toContain('rev 1');
		store.close();
		const again = await openRecordStore(account);
		again.sealWith(userSeal(unlocked()));
		expect((await readRows(again, entity)).rows).toEqual(expect.arrayContaining(rows));
		expect(await again.waiting(entity)).toEqual([waits]);
		expect(await again.readText('draft/a')).toBe(secret);
	});

	test('would say all of it without the user’s key over it', async () => {
		await filled(null);
		const found = await searchWithDeviceKey();
		expect(found.split(secret).length - 1, 'a record, a change and a draft').toBe(3);
	});

	test('that was there before the layer was switched on is sealed anew by the next fold, and reads the same', async () => {
		const keys = unlocked();
		const { store, rows, waits } = await filled(null);
		store.sealWith(userSeal(keys));
		switchOn();
		keys.accept();
		expect((await searchWithDeviceKey()).includes(secret)).toBe(true);
		await store.fold(entity);
		expect((await searchWithDeviceKey()).includes(secret)).toBe(false);
		expect((await readRows(store, entity)).rows).toEqual(expect.arrayContaining(rows));
		expect(await store.waiting(entity)).toEqual([waits]);
		expect([await store.readText('draft/a'), await store.place(entity)]).toEqual([secret, place]);
	});

	test('is sealed anew also where another tab, which does not know of the layer, wrote it', async () => {
		switchOn();
		const { store } = await filled(unlocked());
		await store.fold(entity);
		const unaware = await openRecordStore(account);
		await unaware.commit({ entity, records: [aRecord(randomUUID(), 1, 'health', 'Aspirin-4712')] });
		unaware.close();
		store.close();
		const next = await openRecordStore(account);
		next.sealWith(userSeal(unlocked()));
		await next.fold(entity);
		expect((await searchWithDeviceKey()).includes('Aspirin')).toBe(false);
	});
});

describe('a locked device', () => {
	test('gives nothing of it and drops nothing of it; what needs no key goes on', async () => {
		switchOn();
		const { store, waits } = await filled(unlocked());
		store.close();
		const locked = await openRecordStore(account);
		await expect(readRows(locked, entity)).rejects.toMatchObject({ code: 'device/locked' });
		await expect(locked.waiting(entity)).rejects.toMatchObject({ code: 'device/locked' });
		await expect(locked.readText('draft/a')).rejects.toMatchObject({ code: 'device/locked' });
		expect(await locked.outline()).toEqual([{ entity, state: 'waiting' }]);
		expect(await locked.readText('entities')).toBe('names are of the system layer');
		expect([await locked.textNames('draft/'), await locked.place(entity)]).toEqual([['draft/a'], place]);
		locked.sealWith(userSeal(unlocked()));
		expect(await locked.waiting(entity)).toEqual([waits]);
		expect((await readRows(locked, entity)).rows).toHaveLength(3);
	});

	test('writes nothing of records under its own key alone, and all of it once it is unlocked', async () => {
		const store = await openRecordStore(account);
		store.sealWith('locked');
		const locked = { code: 'device/locked' };
		await expect(store.writeText('draft/a', secret, true)).rejects.toMatchObject(locked);
		const health = aRecord(randomUUID(), 1, 'health', secret);
		await expect(store.commit({ entity, records: [health] })).rejects.toMatchObject(locked);
		await expect(store.commit({ entity, put: [aChange(entity, secret)] })).rejects.toMatchObject(locked);
		await store.writeText('keys/locked', 'true');
		await store.fold(entity);
		expect(await searchWithDeviceKey()).not.toContain(secret);
		store.sealWith(userSeal(unlocked()));
		await store.writeText('draft/a', secret, true);
		await store.commit({ entity, records: [health] });
		expect([await store.readText('draft/a'), (await readRows(store, entity)).rows]).toEqual([secret, [health]]);
		expect(await searchWithDeviceKey()).not.toContain(secret);
	});

	test('that is locked while it reads rejects, and drops nothing', async () => {
		switchOn();
		const keys = unlocked();
		const { store } = await filled(keys);
		keys.locked = true;
		await expect(readRows(store, entity)).rejects.toMatchObject({ code: 'keys/locked' });
		await expect(store.commit({ entity, put: [aChange(entity, 'x', { domain: 'health' })] })).rejects.toMatchObject({
			code: 'keys/locked'
		});
		keys.locked = false;
		expect((await readRows(store, entity)).rows).toHaveLength(3);
	});
});

describe('under another account key, as after a change of password elsewhere', () => {
	test('pages are pulled again without a word, and what waits is kept, told of once, and there when the key is back', async () => {
		switchOn();
		const { store, waits } = await filled(unlocked());
		const changed = unlocked();
		changed.accountKey = 'second';
		store.sealWith(userSeal(changed));
		expect((await readRows(store, entity)).dropped).toBe(1);
		expect(await store.place(entity)).toBeNull();
		expect(await store.reports(entity), 'no page of it is lost').toEqual([]);
		expect(await store.waiting()).toEqual([]);
		expect(await store.waiting()).toEqual([]);
		const sealedAway = { what: 'sealed-away', record: waits.id };
		expect(await store.reports(entity)).toMatchObject([sealedAway]);
		store.sealWith(userSeal(unlocked()));
		expect(await store.waiting()).toEqual([waits]);
	});

	test('a page of it that is broken as well is told of, and the whole ones still are not', async () => {
		switchOn();
		const { store } = await filled(unlocked());
		await store.commit({ entity, records: [aRecord(randomUUID(), 1, 'health', secret)] });
		const database = await AccountDatabase.open(account);
		const last = await database.pages.toCollection().last();
		await database.pages.update(last?.n ?? 0, {
			sealed: last?.sealed.map((byte, at) => (at === 40 ? byte ^ 1 : byte))
		});
		database.close();
		const changed = unlocked();
		changed.accountKey = 'second';
		store.sealWith(userSeal(changed));
		expect((await readRows(store, entity)).dropped).toBe(2);
		expect(await store.reports(entity)).toMatchObject([{ what: 'cache-lost' }]);
	});

	test('nothing loses the user’s seal while the rosters of its entity are not known', async () => {
		world.setLayer(entity, 'finances', { oldest: 1, current: 1 });
		const store = await openRecordStore(account);
		store.sealWith(userSeal(unlocked()));
		for (let at = 0; at < 45; at++)
			await store.commit({ entity, records: [aRecord(randomUUID(), 1, 'finances', `${secret} ${at}`)] });
		await store.commit({ entity, put: [aChange(entity, secret)] });
		const unknowing = new TestKeys(new World(), account);
		store.sealWith(userSeal(unknowing));
		await store.fold(entity);
		expect((await searchWithDeviceKey()).includes(secret)).toBe(false);
		expect((await readRows(store, entity)).rows).toHaveLength(45);
	});
});
