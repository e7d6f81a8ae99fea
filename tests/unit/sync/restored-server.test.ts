import { describe, expect, test } from 'vitest';
import { conflictsOf } from '../../../src/lib/sync/merge-bodies.ts';
import { body } from './bodies.ts';
import { uuid } from './changes.ts';
import { openReplica } from './open-replica.ts';
import { ToyServer } from './toy-server.ts';

const [changed, added, untouched, edited] = [uuid(1), uuid(2), uuid(3), uuid(4)];
const restoredFrom = '2026-02-01T00:00:00.000Z';
const before = '2026-01-01T00:00:00.000Z';
const after = '2026-03-01T00:00:00.000Z';

/** A device that saw what came after the backup, and a server that went back to it. */
async function restored(waits?: string) {
	const server = new ToyServer();
	server.write({ id: changed, plain: body({ note: 'old' }), updatedAt: before });
	server.write({ id: untouched, plain: body({ note: 'same' }), updatedAt: before });
	const backup = new Map(server.rows);
	server.write({ id: changed, plain: body({ note: 'new' }), updatedAt: after });
	server.write({ id: added, plain: body({ note: 'added' }), updatedAt: after });
	const device = await openReplica(server);
	await device.replica.sync();
	const other = await openReplica(server);
	await other.replica.sync();
	if (waits !== undefined)
		await device.replica.save([{ id: changed, domain: 'finances', body: body({ note: 'new', payee: waits }) }]);
	server.restore(backup, restoredFrom);
	return { server, ...device, other: other.replica };
}

describe('after the server was restored from a backup', () => {
	test('what this device has that is newer is held and shown as it was, and the person is told the date', async () => {
		const { server, replica, shown, store } = await restored();
		await replica.sync();
		expect(replica.reports).toMatchObject([{ what: 'restored', record: null, detail: restoredFrom }]);
		expect(replica.waiting).toMatchObject([
			{ id: changed, state: 'held', base: '1', before: { values: { note: 'old' } } },
			{ id: added, state: 'held', base: '0', before: null }
		]);
		expect([shown.get(changed)?.plain?.values.note, shown.get(added)?.plain?.values.note]).toEqual(['new', 'added']);
		await replica.sync();
		expect(server.pushes).toEqual([]);
		const again = await openReplica(server, { store });
		expect([again.shown.size, again.replica.waiting.length]).toEqual([3, 2]);
		await again.replica.sync();
		expect(again.replica.reports.length).toBe(1);
	});

	test('it is pushed back when the person agrees', async () => {
		const { server, replica } = await restored();
		await replica.sync();
		await replica.answerRestore(true);
		await replica.sync();
		expect([server.rows.get(changed)?.plain, server.rows.get(added)?.plain].map((one) => one?.values.note)).toEqual([
			'new',
			'added'
		]);
		expect(replica.waiting).toEqual([]);
	});

	test('it is let go when the person does not want it', async () => {
		const { server, replica, shown } = await restored();
		await replica.sync();
		await replica.answerRestore(false);
		expect([...shown.keys()].sort()).toEqual([changed, untouched].sort());
		expect(shown.get(changed)?.plain?.values.note).toBe('old');
		await replica.sync();
		expect([server.pushes, server.rows.size]).toEqual([[], 2]);
	});

	test('what waited on this device stays whatever the person answers', async () => {
		for (const pushBack of [true, false]) {
			const { server, replica } = await restored('typed offline');
			await replica.sync();
			await replica.answerRestore(pushBack);
			await replica.sync();
			await replica.sync();
			const values = server.rows.get(changed)?.plain?.values;
			expect(values).toEqual({ note: pushBack ? 'new' : 'old', payee: 'typed offline' });
			expect(replica.waiting).toEqual([]);
		}
	});

	test('what another device wrote since is kept beside what is pushed back', async () => {
		const { server, replica } = await restored();
		server.write({ id: changed, plain: body({ note: 'since' }), updatedAt: after });
		server.write({ id: edited, plain: body({ note: 'new there' }), updatedAt: after });
		await replica.sync();
		await replica.answerRestore(true);
		await replica.sync();
		const plain = server.rows.get(changed)?.plain ?? body({});
		expect([plain.values.note, conflictsOf(plain).note?.[0]?.value]).toEqual(['since', 'new']);
		expect(replica.reports.map(({ what }) => what)).toEqual(['restored']);
	});

	test('two devices that both push back make nothing twice', async () => {
		const { server, replica, other } = await restored();
		await replica.sync();
		await replica.answerRestore(true);
		await replica.sync();
		const revisions = [...server.rows.values()].map(({ rev }) => rev);
		await other.sync();
		await other.answerRestore(true);
		await other.sync();
		expect([...server.rows.values()].map(({ rev }) => rev)).toEqual(revisions);
		expect([other.waiting, other.record(changed)?.plain?.values.note]).toEqual([[], 'new']);
	});
});
