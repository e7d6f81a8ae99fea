import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { pullAnswerSchema } from '../../../src/lib/api/record.ts';
import { MOST_DEPTH } from '../../../src/lib/crypto/json-depth.ts';
import { sameJson } from '../../../src/lib/sync/same-json.ts';
import { body } from './bodies.ts';
import { uuid } from './changes.ts';
import { fakeServer } from './fake-server.ts';
import { Layered } from './layered.ts';
import { openReplica } from './open-replica.ts';
import { ToyServer } from './toy-server.ts';

const [first, second, third] = [uuid(1), uuid(2), uuid(3)];

/** A server with three records, of which it gives the second one altered. */
function altering(alter: (row: { [member: string]: unknown }) => object): ToyServer {
	const server = new ToyServer();
	for (const id of [first, second, third]) server.write({ id, plain: body({ note: id }) });
	server.lie = (page) => ({
		...page,
		records: page.records.map((row) => (row.id === second ? (alter(row) as typeof row) : row))
	});
	return server;
}

describe('a row that is none', () => {
	test.each<[string, (row: { [member: string]: unknown }) => object]>([
		['whose revision is no number', (row) => ({ ...row, rev: 'x' })],
		['without a revision', ({ rev: _, ...row }) => row],
		['whose id is no id', (row) => ({ ...row, id: 'constructor' })],
		['of a domain that nobody knows', (row) => ({ ...row, domain: 'weather' })],
		['that is null', () => null as unknown as object]
	])('%s stops no other, and is missing where it was known', async (_, alter) => {
		const server = altering(alter);
		const { replica, shown } = await openReplica(server);
		await replica.sync();
		expect([...shown.keys()]).toEqual([first, third]);
		const { lie } = server;
		server.lie = (page) => page;
		await replica.pullAll();
		expect(shown.get(second)?.plain).toEqual(body({ note: second }));
		server.lie = lie;
		await replica.pullAll();
		expect(replica.reports).toMatchObject([{ what: 'missing', record: second }]);
		expect(shown.get(second)?.plain).toEqual(body({ note: second }));
	});

	test('but for its place is a damaged record, and one that was good here stays as it was', async () => {
		const server = altering((row) => ({ ...row, rev: '2', plain: 'of nobody' }));
		const { replica, shown } = await openReplica(server);
		await replica.sync();
		expect(shown.get(second)).toMatchObject({ damaged: true, rev: '2' });
		expect([shown.get(first), shown.get(third)]).toMatchObject([{ state: 'live' }, { state: 'live' }]);
		const honest = altering((row) => row);
		const known = await openReplica(honest);
		await known.replica.sync();
		honest.lie = server.lie;
		await known.replica.pullAll();
		expect(known.replica.reports).toMatchObject([{ what: 'damaged', record: second }]);
		expect(known.shown.get(second)?.plain).toEqual(body({ note: second }));
	});

	test('stops no other under a user layer either', async () => {
		const stage = new Layered();
		for (const id of [first, second, third]) await stage.write(id, body({ note: id }));
		stage.server.lie = (page) => ({
			...page,
			records: page.records.map((row) => (row.id === second ? { ...row, rev: 'x' } : row))
		});
		const { replica, shown } = await stage.device();
		await replica.sync();
		expect([...shown.values()].map(({ plain }) => plain?.values.note)).toEqual([first, third]);
	});

	test('would spoil the whole page, were the others not taken by themselves', async () => {
		const page = { records: [{ rev: 'x' }], after: {}, more: false, epoch: 'e', restoredFrom: null };
		expect(v.is(pullAnswerSchema, page)).toBe(false);
		const { client } = fakeServer(() => page);
		expect((await client.call('pullRecords')).records).toEqual([]);
		const { client: other } = fakeServer(() => ({ ...page, more: 'x' }));
		await expect(other.call('pullRecords')).rejects.toMatchObject({ code: 'sync/bad-answer' });
	});
});

describe('a record that is nested', () => {
	/** Lists in lists; as a value of a record it lies two deep already. */
	const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
	/** A pull of two records, of which the first holds the value; written as text, which no writer of JSON would get out. */
	const pageWith = (value: string) => {
		const server = new ToyServer();
		const rows = [first, second].map((id) => server.write({ id, plain: body({ note: 'hole' }) }));
		const page = { records: rows, after: { finances: '2' }, more: false, epoch: 'e', restoredFrom: null };
		return JSON.stringify(page).replace('"hole"', value);
	};
	const pulled = async (value: string) => {
		const { client } = fakeServer(() => new Response(pageWith(value)));
		const device = await openReplica(new ToyServer(), { client });
		await device.replica.sync();
		return device;
	};

	test.each([MOST_DEPTH - 1, 5_000, 100_000])('with %d levels in it is damaged, and stops no other', async (levels) => {
		const { shown, replica } = await pulled(nested(levels));
		expect(shown.get(first)).toMatchObject({ damaged: true });
		expect(shown.get(second)?.plain).toEqual(body({ note: 'hole' }));
		await replica.pullAll();
		expect(replica.reports).toEqual([]);
	});

	test('as deep as may be is like any other', async () => {
		const { shown } = await pulled(nested(MOST_DEPTH - 2));
		expect(JSON.stringify(shown.get(first)?.plain?.values.note)).toBe(nested(MOST_DEPTH - 2));
	});

	test('would break whatever compares it, were it taken in', () => {
		const [one, other] = [nested(100_000), nested(100_000)].map((text) => JSON.parse(text) as unknown);
		expect(() => sameJson(one, other)).toThrow(RangeError);
	});
});
