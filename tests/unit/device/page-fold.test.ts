import { aRecord, freshDevice, manyRecords, readRecords, readRows } from './device.ts';
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { AccountDatabase } from '../../../src/lib/device/account-database.ts';
import type { PageRow } from '../../../src/lib/device/account-database.ts';
import { openRecordStore } from '../../../src/lib/device/open-record-store.ts';

const entity = randomUUID();
let account = '';

beforeEach(() => {
	freshDevice();
	account = randomUUID();
});

async function pagesNow(): Promise<PageRow[]> {
	const database = await AccountDatabase.open(account);
	const pages = await database.pages.toArray();
	database.close();
	return pages;
}

test('a pull becomes pages of 250 records, each of one domain', async () => {
	const store = await openRecordStore(account);
	const mixed = manyRecords(600).map((row, at) => (at % 2 ? row : { ...row, domain: 'health' as const }));
	await store.commit({ entity, records: mixed });
	expect((await pagesNow()).map(({ domain, count }) => [domain, count]).sort()).toEqual([
		['finances', 250],
		['finances', 50],
		['health', 250],
		['health', 50]
	]);
	expect(await readRecords(store, entity)).toEqual(new Map(mixed.map((row) => [row.id, row])));
});

test('records too large for that make pages of fewer', async () => {
	const store = await openRecordStore(account);
	const large = Array.from({ length: 6 }, () => aRecord(randomUUID(), 1, 'chat', 'x'.repeat(60_000)));
	await store.commit({ entity, records: large });
	expect((await pagesNow()).map(({ count }) => count)).toEqual([3, 3]);
	await store.fold(entity);
	expect(
		(await pagesNow()).map(({ count, writes }) => [count, writes]),
		'and folding leaves them'
	).toEqual([
		[3, 1],
		[3, 1]
	]);
});

test('many small pages are gathered, and every reader still comes to the same records', async () => {
	const [store, tab] = [await openRecordStore(account), await openRecordStore(account)];
	const [a, b] = [randomUUID(), randomUUID()];
	let half = 0;
	for (let rev = 1; rev <= 60; rev++) {
		const records = [aRecord(a, rev), aRecord(b, rev, 'health'), aRecord(randomUUID(), rev)];
		const last = await store.commit({ entity, records });
		if (rev === 30) half = last;
	}
	const before = await readRecords(store, entity);
	const tail = new Map((await readRows(tab, entity, half)).rows.map((row) => [row.id, row]));
	await store.fold(entity);
	expect((await pagesNow()).length).toBeLessThan(5);
	expect(await readRecords(store, entity)).toEqual(before);
	expect(before.get(a)?.rev).toBe('60');
	const tailNow = new Map((await readRows(tab, entity, half)).rows.map((row) => [row.id, row]));
	for (const [id, row] of tail) expect(tailNow.get(id)).toEqual(row);
});

test('few small pages are left alone', async () => {
	const store = await openRecordStore(account);
	for (let at = 0; at < 10; at++) await store.commit({ entity, records: manyRecords(1) });
	await store.fold(entity);
	expect(await pagesNow()).toHaveLength(10);
});

test('superseded rows are dropped once they are as many as the records, and a page written anew counts it', async () => {
	const store = await openRecordStore(account);
	const ids = manyRecords(1_500).map(({ id }) => id);
	await store.commit({ entity, place: { epoch: 'e', after: {} } });
	for (let rev = 1; rev <= 4; rev++) await store.commit({ entity, records: ids.map((id) => aRecord(id, rev)) });
	await store.fold(entity);
	const rows = (await readRows(store, entity)).rows;
	expect(rows).toEqual(ids.map((id) => aRecord(id, 4)));
	await store.commit({ entity, records: [aRecord(ids[0] ?? '', 5)] });
	await store.commit({ entity, records: [aRecord(ids[1] ?? '', 5)] });
	await store.fold(entity);
	expect((await readRows(store, entity)).rows, 'two more are no reason to go through all').toHaveLength(1_502);
});

test('a record that came back in a later page is not set back by folding the pages between', async () => {
	const store = await openRecordStore(account);
	const id = randomUUID();
	await store.commit({ entity, records: [aRecord(id, 1)] });
	await store.commit({ entity, records: [...manyRecords(240), aRecord(id, 2)] });
	for (let at = 0; at < 45; at++) await store.commit({ entity, records: manyRecords(1) });
	await store.fold(entity);
	expect((await pagesNow()).length).toBeLessThan(5);
	expect((await readRecords(store, entity)).get(id)?.rev).toBe('2');
});

test('a fold while another tab reads and writes loses nothing', async () => {
	const [store, tab] = [await openRecordStore(account), await openRecordStore(account)];
	const all = new Map<string, string>();
	const write = async (rev: number): Promise<void> => {
		const row = aRecord(randomUUID(), rev);
		await tab.commit({ entity, records: [row] });
		all.set(row.id, row.rev);
	};
	for (let rev = 0; rev < 60; rev++) await write(rev);
	const writing = (async () => {
		for (let rev = 60; rev < 90; rev++) await write(rev);
	})();
	const known = [...all.keys()];
	const [seen] = await Promise.all([readRecords(tab, entity), store.fold(entity), writing]);
	expect(known.filter((id) => !seen.has(id))).toEqual([]);
	await store.fold(entity);
	const rows = await readRecords(tab, entity);
	expect(new Map([...rows].map(([id, { rev }]) => [id, rev]))).toEqual(all);
});
