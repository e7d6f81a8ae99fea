import { aChange, freshDevice, manyRecords, readRows } from './device.ts';
import { randomUUID } from 'node:crypto';
import { Dexie } from 'dexie';
import { beforeEach, expect, test } from 'vitest';
import { openRecordStore } from '../../../src/lib/device/open-record-store.ts';
import { SessionStore } from '../../../src/lib/device/session-store.ts';

const [ana, bea] = [randomUUID(), randomUUID()];
const entity = randomUUID();
const place = { epoch: 'e', after: { finances: '3' } };

beforeEach(freshDevice);

test('a session is kept, renewed and removed, and what else the account keeps stays', async () => {
	const sessions = new SessionStore();
	expect(await sessions.read()).toBeNull();
	await sessions.write({ account: ana, text: 'one' });
	await sessions.write({ account: ana, text: 'two' });
	expect(await new SessionStore().read()).toEqual({ account: ana, text: 'two' });
	const store = await openRecordStore(ana);
	await store.commit({ entity, records: manyRecords(2) });
	await sessions.remove();
	expect(await new SessionStore().read()).toBeNull();
	expect((await readRows(store, entity)).rows).toHaveLength(2);
});

test('whoever signs in finds nothing of the account before, of which nothing stays', async () => {
	const sessions = new SessionStore();
	await sessions.write({ account: ana, text: 'of Ana' });
	const hers = await openRecordStore(ana);
	await hers.commit({ entity, records: manyRecords(2), place });
	await hers.writeText('entities', 'her entities');
	await sessions.write({ account: bea, text: 'of Bea' });
	expect(await sessions.read()).toEqual({ account: bea, text: 'of Bea' });
	expect(await Dexie.getDatabaseNames()).toEqual([`arca-${bea}`]);
	await expect(hers.readText('entities')).rejects.toMatchObject({ code: 'device/closed' });
});

test('changes that reached no server outlive another person on the device, who sees none of them', async () => {
	const sessions = new SessionStore();
	await sessions.write({ account: ana, text: 'of Ana' });
	const before = await openRecordStore(ana);
	const change = aChange(entity, 'typed on the train');
	await before.commit({ entity, records: manyRecords(2), place, put: [change] });
	await before.writeText('draft/x', 'half typed');

	await sessions.write({ account: bea, text: 'of Bea' });
	expect(await new SessionStore().read()).toEqual({ account: bea, text: 'of Bea' });
	const hers = await openRecordStore(bea);
	expect(await hers.waiting()).toEqual([]);
	expect((await readRows(hers, entity)).rows).toEqual([]);
	expect(await hers.textNames('')).toEqual([]);

	await sessions.write({ account: ana, text: 'of Ana again' });
	expect(await new SessionStore().read()).toEqual({ account: ana, text: 'of Ana again' });
	const after = await openRecordStore(ana);
	expect(await after.waiting()).toEqual([change]);
	expect(await after.readText('draft/x')).toBe('half typed');
	expect((await readRows(after, entity)).rows, 'cached pages are pulled again').toEqual([]);
	expect(await after.place(entity)).toBeNull();
	expect(await Dexie.getDatabaseNames()).toEqual([`arca-${ana}`]);
});

test('signing out removes all, what waits included', async () => {
	const sessions = new SessionStore();
	await sessions.write({ account: ana, text: 'of Ana' });
	const store = await openRecordStore(ana);
	await store.commit({ entity, put: [aChange(entity, 'mine')] });
	await sessions.write({ account: bea, text: 'of Bea' });
	expect(await Dexie.getDatabaseNames()).toHaveLength(2);
	await sessions.clear();
	expect(await Dexie.getDatabaseNames()).toEqual([]);
	expect(await sessions.read()).toBeNull();
});
