import { describe, expect, test } from 'vitest';
import type { MemoryStore } from '../../../src/lib/device/memory-store.ts';
import { conflictsOf } from '../../../src/lib/sync/merge-bodies.ts';
import { pushWaiting } from '../../../src/lib/sync/push-waiting.ts';
import { body } from './bodies.ts';
import { ENTITY, uuid } from './changes.ts';
import { ACCOUNT, openReplica } from './open-replica.ts';
import { problem, ToyServer } from './toy-server.ts';

const id = uuid(1);
const domain = 'finances';
const newOne = (note: string) => ({ id: null, domain, body: body({ note }) }) as const;
const edit = (note: string, more: object = {}) => ({ id, domain, body: body({ note, ...more }) }) as const;
const notes = (changes: { plain?: { values: { [field: string]: unknown } } }[]) =>
	changes.map((one) => one.plain?.values.note);

/** A server that has one record, and a device that pulled it. */
async function settled() {
	const server = new ToyServer();
	server.write({ id, plain: body({ note: 'o' }) });
	const device = await openReplica(server);
	await device.replica.sync();
	return { server, ...device };
}

describe('a save', () => {
	test('is on disk and on the screen before the server hears of it, and is there when the app starts again', async () => {
		const server = new ToyServer();
		const { replica, shown, store } = await openReplica(server);
		const [saved] = await replica.save([newOne('offline')]);
		expect(saved).toMatchObject({ rev: '0', seq: '0', waiting: true, author: ACCOUNT, state: 'live' });
		expect([...shown.values()]).toEqual([saved]);
		expect(server.pushes).toEqual([]);
		const again = await openReplica(server, { store });
		expect([...again.shown.values()]).toEqual([saved]);
		expect(again.replica.pulled).toBe(false);
		await again.replica.sync();
		expect(again.shown.get(saved?.id ?? '')).toMatchObject({ rev: '1' });
		expect([again.replica.waiting, again.replica.pulled]).toEqual([[], true]);
	});

	test('makes room for a later one as long as it was not sent, and writes nothing where it says what stands', async () => {
		const { server, replica } = await settled();
		await replica.save([edit('a')]);
		await replica.save([edit('b')]);
		await replica.save([edit('b')]);
		expect(notes([...replica.waiting])).toEqual(['b']);
		await replica.sync();
		expect(server.pushes.map((changes) => notes(changes))).toEqual([['b']]);
		expect(server.rows.get(id)).toMatchObject({ rev: '2', plain: { values: { note: 'b' } } });
	});

	test('queues behind one that was sent; the first goes again byte for byte, the second stands on it', async () => {
		const { server, replica } = await settled();
		const gone = problem(401, 'door/signed-out');
		server.meet = (_, number) => (number <= 2 ? gone.clone() : null);
		await replica.save([edit('a')]);
		await expect(replica.sync()).rejects.toMatchObject({ status: 401 });
		await replica.save([edit('b')]);
		expect(replica.waiting).toMatchObject([{ tried: true }, { tried: false }]);
		await replica.sync();
		const [first, , again, second] = server.pushes;
		expect(again).toEqual(first);
		expect(second).toMatchObject([{ base: '2', plain: { values: { note: 'b' } } }]);
		expect(server.rows.get(id)).toMatchObject({ rev: '3' });
	});

	test('from a draft that began earlier is merged with what came meanwhile', async () => {
		const { server, replica, shown } = await settled();
		const draft = shown.get(id)?.plain ?? body({});
		server.write({ id, plain: body({ note: 'o', payee: 'theirs' }) });
		await replica.sync();
		await replica.save([{ id, domain, body: { ...draft, values: { ...draft.values, amount: 2 } }, from: draft }]);
		expect(shown.get(id)?.plain?.values).toEqual({ note: 'o', payee: 'theirs', amount: 2 });
	});
});

describe('a pass', () => {
	test('merges a change that met another one, keeps both values of one field, and sends the merged one', async () => {
		const { server, replica, shown } = await settled();
		await replica.save([edit('mine', { amount: 2 })]);
		server.write({ id, plain: body({ note: 'theirs', payee: 'p' }) });
		await replica.sync();
		const row = server.rows.get(id);
		expect(row).toMatchObject({ rev: '3', plain: { values: { note: 'theirs', payee: 'p', amount: 2 } } });
		expect(row?.plain && conflictsOf(row.plain).note).toMatchObject([{ value: 'mine', author: ACCOUNT }]);
		expect(shown.get(id)?.plain).toEqual(row?.plain);
	});

	test('counts a conflict with the very same body as accepted', async () => {
		const { server, replica } = await settled();
		await replica.save([edit('a')]);
		server.write({ id, plain: replica.waiting[0]?.plain });
		await replica.sync();
		expect([replica.waiting, server.rows.get(id)?.rev]).toEqual([[], '2']);
	});

	test('does not pull its own accepted changes again', async () => {
		const { server, replica, store } = await settled();
		await replica.save([edit('a'), newOne('b')]);
		await replica.sync();
		expect((await store.place(ENTITY))?.after).toEqual({ finances: '3' });
		expect(server.pushes.length).toBe(1);
	});

	test('halves a batch that brings the server down until the bad change stands alone; the others go through', async () => {
		const server = new ToyServer();
		server.meet = (changes) => (notes(changes).includes('bad') ? problem(500, 'server/error') : null);
		const { replica } = await openReplica(server);
		await replica.save(['a', 'b', 'bad', 'c', 'd'].map(newOne));
		await replica.sync();
		expect(server.rows.size).toBe(4);
		expect(replica.waiting).toMatchObject([
			{ state: 'refused', refusal: { reason: 'invalid' }, plain: { values: { note: 'bad' } } }
		]);
	});

	test('refuses nothing while the server is down for every change, and pulls all the same', async () => {
		const { server, replica, shown } = await settled();
		server.meet = () => problem(500, 'server/error');
		await replica.save([edit('a'), newOne('b')]);
		server.write({ id: uuid(2), plain: body({ note: 'new' }) });
		await expect(replica.sync()).rejects.toMatchObject({ status: 500 });
		expect(replica.waiting.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
		expect(shown.has(uuid(2))).toBe(true);
	});

	test('of an entity that is not open pushes what waits there and notes what was accepted', async () => {
		const { server, replica, store } = await settled();
		await replica.save([edit('a')]);
		replica.close();
		await pushWaiting({ store, client: server.client, account: ACCOUNT }, ENTITY);
		const again = await openReplica(new ToyServer(), { store });
		expect(again.shown.get(id)).toMatchObject({ rev: '2', plain: { values: { note: 'a' } } });
		expect(again.replica.waiting).toEqual([]);
	});
});

describe('a refused change', () => {
	test('stays with its reason, goes again as it is when retried, and gives way when given up', async () => {
		const { server, replica, shown } = await settled();
		const told = { type: '/problems/record/denied', title: 'denied', status: 403 };
		server.meet = (changes) => ({ results: changes.map((one) => ({ id: one.id, status: 'denied', problem: told })) });
		await replica.save([edit('a'), newOne('b')]);
		await replica.sync();
		const [first, second] = replica.waiting;
		expect([first?.refusal?.reason, shown.get(id)?.plain?.values.note]).toEqual(['denied', 'a']);
		await replica.giveUp(second?.change ?? '');
		expect([...shown.keys()]).toEqual([id]);
		server.meet = () => null;
		await replica.sync();
		expect(server.pushes.length).toBe(1);
		await replica.retry(first?.change ?? '');
		await replica.sync();
		expect(server.pushes[1]).toEqual(server.pushes[0]?.slice(0, 1));
		expect([replica.waiting, server.rows.get(id)?.rev]).toEqual([[], '2']);
	});

	test('is replaced by the next save under an id of its own, since the server knows the first', async () => {
		const { server, replica } = await settled();
		const told = { type: '/problems/record/too-large', title: 'too large', status: 413 };
		server.meet = (changes, number) =>
			number > 1 ? null : { results: changes.map((one) => ({ id: one.id, status: 'too-large', problem: told })) };
		await replica.save([edit('long')]);
		await replica.sync();
		const refused = replica.waiting[0]?.change;
		await replica.save([edit('short')]);
		expect(replica.waiting).toMatchObject([{ state: 'waiting', base: '1' }]);
		expect(replica.waiting[0]?.change).not.toBe(refused);
	});
});

test('tabs of one device see each other’s saves and send a save once', async () => {
	const { server, replica, store } = await settled();
	const heard = Promise.withResolvers<void>();
	let onChange = () => undefined as void;
	const other = await openReplica(server, { store, onChange: () => onChange() });
	onChange = heard.resolve;
	await replica.save([edit('a')]);
	await heard.promise;
	expect(other.shown.get(id)?.plain?.values.note).toBe('a');
	await Promise.all([replica.sync(), other.replica.sync()]);
	expect(server.pushes.length).toBe(1);
	expect([replica.waiting, other.replica.waiting]).toEqual([[], []]);
	replica.close();
	other.replica.close();
});

test('a save from what the screen shows passes over nothing that another tab saved and that is only being read', async () => {
	const { server, replica, store } = await settled();
	const reading = Promise.withResolvers<void>();
	const held = Promise.withResolvers<void>();
	let slow = false;
	const read: MemoryStore['read'] = async (...asked) => {
		if (slow) reading.resolve();
		if (slow) await held.promise;
		return store.read(...asked);
	};
	const slowStore = new Proxy(store, {
		get(_, name) {
			if (name === 'read') return read;
			const member: unknown = Reflect.get(store, name);
			return typeof member === 'function'
				? (...asked: unknown[]): unknown => Reflect.apply(member, store, asked)
				: member;
		}
	});
	const tab = await openReplica(server, { store: slowStore });
	slow = true;
	await replica.save([edit('of the other tab')]);
	await reading.promise;
	const seen = tab.shown.get(id)?.plain;
	const saving = tab.replica.save([edit(String(seen?.values.note), { payee: 'of this tab' })]);
	held.resolve();
	await saving;
	expect(tab.shown.get(id)?.plain?.values).toMatchObject({ note: 'of the other tab', payee: 'of this tab' });
	replica.close();
	tab.replica.close();
});

test('a domain that is not held any more is forgotten here, one that is gained is pulled from its beginning', async () => {
	const server = new ToyServer();
	server.write({ id, plain: body({ note: 'f' }) });
	server.write({ id: uuid(2), domain: 'health', plain: body({ note: 'h' }) });
	const { replica, store, shown } = await openReplica(server, { domains: ['finances', 'health'] });
	await replica.sync();
	expect(shown.size).toBe(2);
	const fewer = await openReplica(server, { store, domains: ['finances'] });
	expect([[...fewer.shown.keys()], fewer.replica.pulled]).toEqual([[id], true]);
	const more = await openReplica(server, { store, domains: ['finances', 'health'] });
	expect([more.shown.size, more.replica.pulled]).toEqual([1, false]);
	await more.replica.sync();
	expect([more.shown.size, more.replica.pulled, more.replica.reports]).toEqual([2, true, []]);
});

test('an entity whose pages were given up for room while it is open is whole on the disk after the next pass', async () => {
	const { server, replica, store } = await settled();
	server.write({ id: uuid(2), plain: body({ note: 'two' }) });
	await replica.sync();
	await store.forget(ENTITY);
	await store.commit({ entity: ENTITY, place: { epoch: server.epoch, after: { finances: '2' } }, goesOn: true });
	expect(await store.place(ENTITY), 'nothing goes on from what is gone').toBeNull();
	server.write({ id: uuid(3), plain: body({ note: 'three' }) });
	server.lie = (page) => ({ ...page, records: page.records.filter((row) => row.id !== id) });
	await replica.sync();
	expect(replica.reports).toMatchObject([{ what: 'missing', record: id }]);
	const again = await openReplica(server, { store });
	expect([notes([...again.shown.values()]).sort(), again.replica.pulled]).toEqual([['o', 'three', 'two'], true]);
});
