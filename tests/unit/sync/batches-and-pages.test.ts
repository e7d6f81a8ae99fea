import { expect, test } from 'vitest';
import { cutBatches, jsonBytes } from '../../../src/lib/sync/cut-batches.ts';
import { body } from './bodies.ts';
import { ENTITY, newChange, uuid } from './changes.ts';
import { openReplica } from './open-replica.ts';
import { problem, ToyServer } from './toy-server.ts';

const many = (count: number, note = '') => Array.from({ length: count }, (_, place) => newChange(place + 1, note));

test('batches hold at most 500 changes, in order, each change once', () => {
	const changes = many(1201);
	const batches = cutBatches(changes);
	expect(batches.map((batch) => batch.length)).toEqual([500, 500, 201]);
	expect(batches.flat()).toEqual(changes);
	expect(cutBatches([])).toEqual([]);
});

test('a batch stays within 8 MiB of UTF-8, whatever the letters', () => {
	// 100,000 letters of two bytes each: 41 of them fit, with 500 far too many.
	const batches = cutBatches(many(100, 'ñ'.repeat(100_000)));
	for (const batch of batches)
		expect(jsonBytes({ entity: ENTITY, changes: batch })).toBeLessThanOrEqual(8 * 1024 * 1024);
	expect(batches[0]?.length).toBe(41);
});

test('a change above the limit stands alone', () => {
	const batches = cutBatches([newChange(1), newChange(2, 'x'.repeat(9 * 1024 * 1024)), newChange(3)]);
	expect(batches.map((batch) => batch.length)).toEqual([1, 1, 1]);
});

/** A device on which so many new records were saved. */
async function deviceWith(server: ToyServer, count: number) {
	const device = await openReplica(server);
	await device.replica.save(
		many(count).map(({ plain }) => ({ id: null, domain: 'finances', body: plain ?? body({}) }))
	);
	return device;
}

test('what was answered before a push failed is taken in, and no later batch is sent', async () => {
	const server = new ToyServer();
	server.meet = (_, number) => (number > 1 ? problem(401, 'door/signed-out') : null);
	const { replica } = await deviceWith(server, 1200);
	await expect(replica.sync()).rejects.toMatchObject({ status: 401 });
	expect([server.rows.size, replica.waiting.length]).toEqual([500, 700]);
	expect(replica.waiting.filter(({ tried }) => tried).length).toBe(500);
	server.meet = () => null;
	await replica.sync();
	expect([server.rows.size, replica.waiting.length]).toEqual([1200, 0]);
});

test('results that belong to other changes are not believed', async () => {
	const server = new ToyServer();
	server.meet = (changes) => ({
		results: changes.map(({ id }) => ({ id, status: 'accepted', rev: '1', seq: '1' })).reverse()
	});
	const { replica } = await deviceWith(server, 2);
	await expect(replica.sync()).rejects.toMatchObject({ code: 'sync/bad-answer' });
	expect(replica.waiting.length).toBe(2);
});

/** A server with so many records, given three at a time. */
function serverWith(count: number): ToyServer {
	const server = new ToyServer();
	server.pageSize = 3;
	for (let number = 1; number <= count; number++)
		server.write({ id: uuid(number), plain: body({ note: `${number}` }) });
	return server;
}

test('a first pull that broke off goes on from the last page it had, also after the app starts again', async () => {
	const server = serverWith(8);
	const asked: string[] = [];
	let broken = true;
	server.lie = (page) => {
		asked.push(page.after.finances ?? '');
		if (broken && asked.length > 2) throw new TypeError('the line is dead');
		return page;
	};
	const { replica, store } = await openReplica(server);
	await expect(replica.sync()).rejects.toMatchObject({ code: 'sync/unreachable' });
	expect(replica.pulled).toBe(false);
	broken = false;
	asked.length = 0;
	const again = await openReplica(server, { store });
	expect([again.shown.size, again.replica.pulled]).toEqual([6, false]);
	await again.replica.sync();
	expect([again.shown.size, again.replica.pulled]).toEqual([8, true]);
	expect(asked).toEqual(['8']);
});

test('a server that promises more for ever is not followed', async () => {
	const server = serverWith(2);
	let pulls = 0;
	server.lie = (page) => {
		pulls++;
		return { ...page, records: [], after: { finances: '0' }, more: true };
	};
	const { replica } = await openReplica(server);
	await expect(replica.sync()).rejects.toMatchObject({ code: 'sync/bad-answer' });
	expect(pulls).toBe(1);
});
