import { freshDevice } from './device.ts';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AccountDatabase } from '../../../src/lib/device/account-database.ts';
import { cacheKey, drawDeviceKey } from '../../../src/lib/device/device-key.ts';
import { DiskParts } from '../../../src/lib/device/disk-parts.ts';

const SIZE = 1000;
const FILM = randomUUID();
let database: AccountDatabase;
let parts: DiskParts;

beforeEach(async () => {
	freshDevice();
	vi.useFakeTimers({ toFake: ['Date'] });
	database = await AccountDatabase.open(randomUUID());
	// Room for four parts with what sealing adds to each.
	parts = new DiskParts(database, await cacheKey(await drawDeviceKey()), 4 * (SIZE + 100));
});
afterEach(() => {
	database.close();
	vi.restoreAllMocks();
	vi.useRealTimers();
});

const bytes = (fill: number): Uint8Array<ArrayBuffer> => new Uint8Array(SIZE).fill(fill);
const later = (hours: number): unknown => vi.setSystemTime(Date.now() + hours * 3_600_000);
async function kept(): Promise<number[]> {
	const rows = await database.parts.where('content').equals(FILM).toArray();
	return rows.map(({ name }) => Number(name.split('/')[1])).sort((one, other) => one - other);
}

/** Stores parts of these numbers an hour after another. */
async function store(...numbers: number[]): Promise<void> {
	for (const part of numbers) {
		later(1);
		await parts.put(FILM, part, bytes(part));
	}
}

test('the part that was used longest ago goes first, and one that was read lately stays', async () => {
	await store(0, 1, 2, 3);
	later(2);
	expect(await parts.get(FILM, 0)).toEqual(bytes(0));
	await store(4, 5);
	expect(await kept()).toEqual([0, 3, 4, 5]);
});

test('what waits for its upload stays, however old, and takes no room from the others', async () => {
	await parts.put(FILM, 9, bytes(9), true);
	await store(0, 1, 2, 3, 4);
	expect(await kept()).toEqual([1, 2, 3, 4, 9]);
	await parts.settle(FILM);
	expect(await kept()).toEqual([1, 2, 3, 4]);
});

test('no part is read to make room for another, and none is written for being read twice in an hour', async () => {
	await store(0, 1, 2, 3);
	const read = [
		vi.spyOn(IDBIndex.prototype, 'openCursor'),
		vi.spyOn(IDBIndex.prototype, 'getAll'),
		vi.spyOn(IDBObjectStore.prototype, 'openCursor'),
		vi.spyOn(IDBObjectStore.prototype, 'getAll')
	];
	await store(4);
	expect(read.map(({ mock }) => mock.calls.length)).toEqual([0, 0, 0, 0]);
	expect(await kept()).toEqual([1, 2, 3, 4]);
	const put = vi.spyOn(IDBObjectStore.prototype, 'put');
	await parts.get(FILM, 4);
	await parts.get(FILM, 4);
	expect(put).not.toHaveBeenCalled();
	later(2);
	await parts.get(FILM, 4);
	expect(put).toHaveBeenCalledTimes(1);
});
