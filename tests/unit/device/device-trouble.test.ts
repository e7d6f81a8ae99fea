import { aChange, aRecord, freshDevice, manyRecords, readRecords, readRows } from './device.ts';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AccountDatabase } from '../../../src/lib/device/account-database.ts';
import type { PageRow } from '../../../src/lib/device/account-database.ts';
import { openRecordStore } from '../../../src/lib/device/open-record-store.ts';

const [entity, other] = [randomUUID(), randomUUID()];
const place = { epoch: 'e', after: { finances: '3' } };
let account = '';

afterEach(() => vi.restoreAllMocks());

beforeEach(() => {
	freshDevice();
	account = randomUUID();
});

/** A device on which writing pages fails for want of room as long as `full` says so. */
function fullDevice(full: () => boolean): void {
	const add = Reflect.get(IDBObjectStore.prototype, 'add');
	vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, ...given) {
		if (this.name === 'pages' && full()) throw new DOMException('full', 'QuotaExceededError');
		return add.apply(this, given);
	});
}

/** Changes rows of this account's database behind the store's back. */
async function tamper(change: (database: AccountDatabase) => PromiseLike<unknown>): Promise<void> {
	const database = await AccountDatabase.open(account);
	await change(database);
	database.close();
}

describe('a device without room', () => {
	test('gives up cached pages of other entities, and writes', async () => {
		const store = await openRecordStore(account);
		const mine = aChange(other, 'waits');
		await store.commit({ entity: other, records: manyRecords(3), place, put: [mine] });
		const before = manyRecords(2);
		await store.commit({ entity, records: before, place });
		let failed = 0;
		fullDevice(() => failed++ === 0);
		const after = manyRecords(1);
		await store.commit({ entity, records: after });
		expect((await readRows(store, entity)).rows).toEqual([...before, ...after]);
		expect(await store.place(entity)).toEqual(place);
		expect((await readRows(store, other)).rows).toEqual([]);
		expect(await store.place(other), 'it is pulled again from the start').toBeNull();
		expect(await store.waiting(other), 'what waits is never given up').toEqual([mine]);
	});

	test('refuses the whole of an update where that gave no room', async () => {
		const store = await openRecordStore(account);
		const kept = manyRecords(2);
		const waits = aChange(entity, 'waits');
		await store.commit({ entity, records: kept, place, put: [waits] });
		fullDevice(() => true);
		const more = { epoch: 'next', after: {} };
		const put = [aChange(entity, 'more')];
		const refused = store.commit({ entity, records: manyRecords(1), place: more, put, drop: [waits.change] });
		await expect(refused).rejects.toMatchObject({ code: 'device/full' });
		expect((await readRows(store, entity)).rows).toEqual(kept);
		expect(await store.place(entity)).toEqual(place);
		expect(await store.waiting()).toEqual([waits]);
		vi.restoreAllMocks();
		await store.commit({ entity, records: manyRecords(1), place: more, put, drop: [waits.change] });
		expect(await store.waiting()).toEqual(put);
		expect(await store.place(entity)).toEqual(more);
	});
});

describe('bytes that do not open', () => {
	const flip = (sealed: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> =>
		sealed.map((byte, at) => (at === 40 ? byte ^ 1 : byte));

	test('a broken page is dropped, counted and told, and the entity is pulled again from the start', async () => {
		const store = await openRecordStore(account);
		const [first, second, third] = [manyRecords(2), manyRecords(2), manyRecords(2)];
		for (const records of [first, second, third]) await store.commit({ entity, records, place });
		await store.commit({ entity: other, records: manyRecords(1), place });
		await tamper((database) =>
			database.pages.toCollection().modify((page) => {
				if (page.n === 2) page.sealed = flip(page.sealed);
			})
		);
		const reading = await readRows(store, entity);
		expect(reading).toEqual({ rows: [...first, ...third], last: 3, dropped: 1 });
		expect(await store.place(entity)).toBeNull();
		expect(await store.place(other)).toEqual(place);
		expect(await store.reports(entity)).toMatchObject([{ what: 'cache-lost', entity, record: null }]);
		expect((await readRows(store, entity)).dropped, 'it is told once').toBe(0);
	});

	test.each<[string, Partial<PageRow>]>([
		['of another entity', { entity: other }],
		['under another id', { id: randomUUID() }],
		['of an older writing', { writes: 2 }]
	])('a page put in the place %s does not open', async (_, moved) => {
		const store = await openRecordStore(account);
		await store.commit({ entity, records: [aRecord(randomUUID(), 1)] });
		await tamper((database) => database.pages.toCollection().modify((page) => void Object.assign(page, moved)));
		expect(await readRows(store, moved.entity ?? entity)).toMatchObject({ rows: [], dropped: 1 });
	});

	test('pages of another device key do not open: nothing moves between accounts', async () => {
		const [hers, his] = [await openRecordStore(account), await openRecordStore(randomUUID())];
		await hers.commit({ entity, records: manyRecords(1) });
		await his.commit({ entity, records: manyRecords(1) });
		const key = await AccountDatabase.open(account);
		const foreign = (await key.keys.get('device'))?.key;
		key.close();
		expect(foreign?.extractable).toBe(false);
		await expect(crypto.subtle.exportKey('raw', foreign as CryptoKey)).rejects.toThrow();
		let row: unknown;
		await tamper(async (database) => (row = await database.pages.toCollection().first()));
		account = randomUUID();
		const third = await openRecordStore(account);
		await tamper((database) => database.pages.put(row as never));
		expect(await readRows(third, entity)).toMatchObject({ rows: [], dropped: 1 });
	});

	test('a change that does not open is dropped and told, and the others wait on', async () => {
		const store = await openRecordStore(account);
		const [lost, kept] = [aChange(entity, 'lost'), aChange(entity, 'kept')];
		await store.commit({ entity, put: [lost, kept] });
		await tamper((database) => database.outbox.update(1, { base: '8', sealed: new Uint8Array(50) }));
		expect(await store.waiting()).toEqual([kept]);
		expect(await store.reports(entity)).toMatchObject([{ what: 'damaged', record: lost.id }]);
		expect(await store.waiting()).toEqual([kept]);
	});

	test('a text under another name is as if it were not there', async () => {
		const store = await openRecordStore(account);
		await store.writeText('draft/a', 'words');
		await tamper(async (database) => {
			const row = await database.texts.get('draft/a');
			if (row) await database.texts.put({ ...row, name: 'draft/b' });
		});
		expect(await store.readText('draft/b')).toBeNull();
		expect(await store.readText('draft/a')).toBe('words');
	});
});

test('nothing of a record, a change, a report or a text is in the database in the clear', async () => {
	const store = await openRecordStore(account);
	const secret = 'Panadería-Núñez-4711';
	const id = randomUUID();
	await store.commit({
		entity,
		records: [aRecord(id, 1, 'health', secret)],
		put: [aChange(entity, secret, { refusal: { reason: 'invalid', detail: secret }, state: 'refused' })],
		reports: [{ id: randomUUID(), entity, record: id, what: 'missing', at: 'now', detail: secret }]
	});
	await store.writeText('entities', secret);
	const dump: string[] = [];
	await tamper(async (database) => {
		for (const table of database.tables) {
			for (const row of (await table.toArray()) as object[]) {
				const spell = (_: string, value: unknown): unknown =>
					value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value;
				dump.push(`${table.name} ${JSON.stringify(row, spell)}`);
			}
		}
	});
	expect(dump.map((line) => line.split(' ')[0]).sort()).toEqual(['keys', 'outbox', 'pages', 'reports', 'texts']);
	expect(dump.join('\n')).not.toContain('Panader');
	expect(JSON.stringify([...(await readRecords(store, entity)).values()]), 'and it is there').toContain(secret);
});
