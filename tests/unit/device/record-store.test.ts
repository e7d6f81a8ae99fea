import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Report } from '../../../src/lib/device/record-store.ts';
import { aChange, aRecord, freshDevice, manyRecords, readRecords, readRows, stores } from './device.ts';

const entity = randomUUID();
const place = { epoch: 'e1', after: { finances: '7', health: '9' }, restoredFrom: null };
const aReport = (more: Partial<Report> = {}): Report => ({
	id: randomUUID(),
	entity,
	record: randomUUID(),
	what: 'missing',
	at: '2026-03-01T09:30:00.000Z',
	...more
});

beforeEach(freshDevice);

describe.each(stores)('what an account keeps %s', (kept, open) => {
	test('rows are read in the order they were written, from a position on', async () => {
		const store = await open();
		const [a, b] = [randomUUID(), randomUUID()];
		const first = await store.commit({ entity, records: [aRecord(a, 1), aRecord(b, 1, 'health')] });
		const second = await store.commit({ entity, records: [aRecord(a, 2)] });
		expect(second).toBeGreaterThan(first);
		const all = await readRows(store, entity);
		expect(all.rows).toHaveLength(3);
		expect(all.last).toBe(second);
		expect((await readRecords(store, entity)).get(a)).toEqual(aRecord(a, 2));
		expect(await readRows(store, entity, first)).toEqual({ rows: [aRecord(a, 2)], last: second, dropped: 0 });
		expect(await readRows(store, entity, second)).toEqual({ rows: [], last: second, dropped: 0 });
		expect((await readRows(store, randomUUID())).rows).toEqual([]);
		expect(await store.commit({ entity, records: [], put: [] }), 'nothing to read on from').toBe(0);
	});

	test('a record keeps every member it came with, known here or not', async () => {
		const store = await open();
		const odd = {
			...aRecord(randomUUID(), 1, 'health', 'ñ \u{1F600} \ud800'),
			sealed: 'AVU',
			generation: 3,
			later: [1]
		};
		await store.commit({ entity, records: [odd] });
		expect((await readRows(store, entity)).rows).toEqual([odd]);
	});

	test('a reading tells how far it is, and stops where it is told to', async () => {
		const store = await open();
		for (let at = 0; at < 4; at++) await store.commit({ entity, records: manyRecords(1) });
		const told: [number, number][] = [];
		await store.read(entity, 0, () => undefined, { onProgress: (done, total) => told.push([done, total]) });
		expect(told).toEqual([1, 2, 3, 4].map((done) => [done, 4]));
		const stop = new AbortController();
		let pages = 0;
		const take = (): void => {
			if (++pages === 2) stop.abort(new Error('enough'));
		};
		await expect(store.read(entity, 0, take, { signal: stop.signal })).rejects.toThrow('enough');
		expect(pages).toBe(2);
	});

	test('what the one who reads throws reaches them as it is', async () => {
		const store = await open();
		await store.commit({ entity, records: manyRecords(1) });
		const wrong = new Error('mine');
		const reading = store.read(entity, 0, () => {
			throw wrong;
		});
		await expect(reading).rejects.toBe(wrong);
	});

	test('a place is kept, replaced and forgotten; null before the first', async () => {
		const store = await open();
		expect(await store.place(entity)).toBeNull();
		await store.commit({ entity, place });
		expect(await store.place(entity)).toEqual(place);
		await store.commit({ entity, records: manyRecords(1) });
		expect(await store.place(entity)).toEqual(place);
		await store.commit({ entity, place: { epoch: 'e2', after: {} } });
		expect(await store.place(entity)).toEqual({ epoch: 'e2', after: {} });
		await store.commit({ entity, place: null });
		expect(await store.place(entity)).toBeNull();
	});

	test('changes wait in the order they came, and one written again keeps its turn', async () => {
		const store = await open();
		const other = randomUUID();
		const [one, two, three] = [aChange(entity, 'one'), aChange(other, 'two'), aChange(entity, 'three')];
		await store.commit({ entity, put: [one] });
		await store.commit({ entity: other, put: [two] });
		await store.commit({ entity, put: [three] });
		expect(await store.waiting()).toEqual([one, two, three]);
		expect(await store.waiting(entity)).toEqual([one, three]);
		const refusal = { reason: 'too-large' as const, detail: 'words' };
		const tried = { ...one, tried: true, state: 'refused' as const, refusal, before: three.plain };
		await store.commit({ entity, put: [tried] });
		expect(await store.waiting(entity)).toEqual([tried, three]);
		await store.commit({ entity, drop: [one.change, randomUUID()] });
		expect(await store.waiting()).toEqual([two, three]);
	});

	test('reports stay until they are dismissed', async () => {
		const store = await open();
		const [one, two] = [aReport(), aReport({ record: null, what: 'restored', detail: '2026-01-01T00:00:00Z' })];
		await store.commit({ entity, reports: [one, two] });
		expect(await store.reports(entity)).toEqual([one, two]);
		expect(await store.reports(randomUUID())).toEqual([]);
		await store.dismiss(one.id);
		expect(await store.reports(entity)).toEqual([two]);
	});

	test('a domain is forgotten with its place, or an entity, but never what waits', async () => {
		const store = await open();
		const [here, there] = [manyRecords(2, 'finances'), manyRecords(2, 'health')];
		const change = aChange(entity, 'mine');
		await store.commit({ entity, records: [...here, ...there], place, put: [change] });
		await store.forget(entity, 'health');
		expect((await readRows(store, entity)).rows).toEqual(here);
		expect(await store.place(entity)).toEqual({ ...place, after: { finances: '7' } });
		await store.forget(entity);
		expect((await readRows(store, entity)).rows).toEqual([]);
		expect(await store.place(entity)).toBeNull();
		expect(await store.waiting(entity)).toEqual([change]);
	});

	test('texts are kept by name, listed by how their names begin, and removed', async () => {
		const store = await open();
		for (const name of ['draft/b', 'entities', 'draft/a']) await store.writeText(name, `of ${name} ñ`);
		expect(await store.readText('draft/b')).toBe('of draft/b ñ');
		expect(await store.textNames('draft/')).toEqual(['draft/a', 'draft/b']);
		await store.writeText('draft/a', null);
		expect(await store.readText('draft/a')).toBeNull();
		expect(await store.textNames('')).toEqual(['draft/b', 'entities']);
	});

	test('a closed store refuses everything with one code', async () => {
		const store = await open();
		await store.commit({ entity, records: manyRecords(1) });
		store.close();
		const closed = { code: 'device/closed' };
		await expect(store.commit({ entity, records: manyRecords(1) })).rejects.toMatchObject(closed);
		await expect(readRows(store, entity)).rejects.toMatchObject(closed);
		await expect(store.place(entity)).rejects.toMatchObject(closed);
		await expect(store.waiting()).rejects.toMatchObject(closed);
		await expect(store.fold(entity)).rejects.toMatchObject(closed);
		await expect(store.readText('x')).rejects.toMatchObject(closed);
		await expect(store.writeText('x', 'y')).rejects.toMatchObject(closed);
	});

	test('it says whether it outlives the tab', async () => {
		expect((await open()).lasting).toBe(kept === 'on disk');
	});
});
