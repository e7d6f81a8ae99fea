import { describe, expect, test } from 'vitest';
import type { PullAnswer, Record as RecordRow } from '../../../src/lib/api/record.ts';
import { judgeRecord } from '../../../src/lib/sync/judge-record.ts';
import type { Judge, Verdict } from '../../../src/lib/sync/judge-record.ts';
import { body } from './bodies.ts';
import { uuid } from './changes.ts';
import { openReplica } from './open-replica.ts';
import { ToyServer } from './toy-server.ts';

const id = uuid(1);
const first = body({ note: 'first' });
const second = body({ note: 'second' });

/** The judge with one check taken out: what it finds is taken for new. */
const without =
	(...checks: Verdict[]): Judge =>
	(known, incoming) => {
		const verdict = judgeRecord(known, incoming);
		return checks.includes(verdict) ? 'newer' : verdict;
	};

interface Attack {
	name: string;
	what: Verdict;
	/** What the server says of the record, which this device has at revision 2. */
	lie: (row: RecordRow) => RecordRow;
	/** What a device without the check would show. */
	believed: unknown;
}

const attacks: Attack[] = [
	{
		name: 'an older revision of a record',
		what: 'older-revision',
		lie: (row) => ({ ...row, rev: '1', seq: '90', plain: first }),
		believed: first
	},
	{
		name: 'other bytes at the revision this device has',
		what: 'other-bytes',
		lie: (row) => ({ ...row, seq: '90', plain: body({ note: 'forged' }) }),
		believed: body({ note: 'forged' })
	},
	{
		name: 'a record in another domain than its own',
		what: 'moved',
		lie: (row) => ({ ...row, rev: '3', seq: '90', domain: 'health', plain: body({ note: 'forged' }) }),
		believed: body({ note: 'forged' })
	},
	{
		name: 'a row marked as purged without a body that says so',
		what: 'withheld',
		lie: ({ plain: _, ...row }) => ({ ...row, rev: '3', seq: '90', state: 'purged' }),
		believed: undefined
	},
	{
		name: 'a row marked as deleted without its body',
		what: 'withheld',
		lie: ({ plain: _, ...row }) => ({ ...row, rev: '3', seq: '90', state: 'bin' }),
		believed: undefined
	},
	{
		name: 'a row that it says it cannot open',
		what: 'damaged',
		lie: ({ plain: _, ...row }) => ({ ...row, rev: '3', seq: '90', damaged: true }),
		believed: undefined
	}
];

/** A device that has a record at its second revision, and a server that lies about it from then on. */
async function play(lie: Attack['lie'], judge?: Judge, full = false) {
	const server = new ToyServer();
	server.write({ id, plain: first });
	server.write({ id, plain: second });
	const known = await openReplica(server, { judge, domains: ['finances', 'health'] });
	await known.replica.sync();
	expect(known.shown.get(id)?.plain).toEqual(second);
	server.rows.set(id, lie(server.rows.get(id) as RecordRow));
	if (full) await known.replica.pullAll();
	else await known.replica.sync();
	return { ...known, server };
}

describe.each(attacks)('$name', ({ what, lie, believed }) => {
	test('is reported once and not believed, also after the app starts again', async () => {
		const { replica, shown, store } = await play(lie);
		expect(shown.get(id)?.plain).toEqual(second);
		expect(replica.reports).toMatchObject([{ what, record: id }]);
		await replica.pullAll();
		expect(replica.reports.length).toBe(1);
		const again = await openReplica(new ToyServer(), { store, domains: ['finances', 'health'] });
		expect(again.shown.get(id)?.plain).toEqual(second);
		expect(again.replica.reports).toMatchObject([{ what, record: id }]);
	});

	test('would be believed without that check', async () => {
		const { replica, shown } = await play(lie, without(what));
		expect(shown.get(id)?.plain).toEqual(believed);
		expect(replica.reports).toEqual([]);
	});
});

describe('a record that the server leaves out of a full pull', () => {
	const leaveOut = (page: PullAnswer) => ({ ...page, records: page.records.filter((row) => row.id !== id) });

	test('is reported and kept', async () => {
		const server = new ToyServer();
		server.write({ id, plain: second });
		server.write({ id: uuid(2), plain: first });
		const { replica, shown } = await openReplica(server);
		await replica.sync();
		server.lie = leaveOut;
		await replica.pullAll();
		expect(replica.reports).toMatchObject([{ what: 'missing', record: id }]);
		expect(shown.get(id)?.plain).toEqual(second);
	});

	test('is not noticed by a pull of what is new alone, which is why there is a full one', async () => {
		const server = new ToyServer();
		server.write({ id, plain: second });
		const { replica } = await openReplica(server);
		await replica.sync();
		server.lie = leaveOut;
		await replica.sync();
		expect(replica.reports).toEqual([]);
	});

	test('is no alarm while a full pull goes well, page by page', async () => {
		const server = new ToyServer();
		for (let number = 1; number <= 7; number++) server.write({ id: uuid(number), plain: first });
		server.pageSize = 3;
		const { replica, shown } = await openReplica(server);
		await replica.sync();
		server.write({ id: uuid(2), plain: second });
		await replica.pullAll();
		expect([replica.reports, shown.size, shown.get(uuid(2))?.plain]).toEqual([[], 7, second]);
	});
});

test('a withheld record is shown as it was, marked, and taken in again once the server gives its body', async () => {
	const { replica, shown } = await play(({ plain: _, ...row }) => ({ ...row, rev: '3', seq: '90', state: 'purged' }));
	expect(shown.get(id)).toMatchObject({ plain: second, rev: '3', withheld: true });
	await replica.save([{ id, domain: 'finances', body: body({ note: 'third' }) }]);
	expect(replica.waiting).toMatchObject([{ base: '3' }]);
});

test('a record that lay in the bin here may be purged, and that is no alarm', async () => {
	const server = new ToyServer();
	server.write({ id, plain: body({ note: 'o' }, { deleted: true }) });
	const { replica, shown } = await openReplica(server);
	await replica.sync();
	server.write({ id, state: 'purged' });
	await replica.sync();
	expect(replica.reports).toEqual([]);
	expect(shown.get(id)).toMatchObject({ rev: '2', state: 'purged' });
	expect(shown.get(id)?.plain).toBeUndefined();
});

test('an answer that accepts a change at another revision than the next is not believed', async () => {
	const server = new ToyServer();
	server.meet = (changes) => ({
		results: changes.map((one) => ({ id: one.id, status: 'accepted', rev: '9', seq: '1' }))
	});
	const { replica } = await openReplica(server);
	await replica.save([{ id: null, domain: 'finances', body: first }]);
	await expect(replica.sync()).rejects.toMatchObject({ code: 'sync/bad-answer' });
	expect(replica.waiting).toMatchObject([{ tried: true, state: 'waiting' }]);
});
test.each(attacks.filter(({ what }) => what === 'damaged' || what === 'other-bytes'))(
	'$name is put right by saving the record again just as it is here; without a report such a save writes nothing',
	async ({ lie }) => {
		const { replica } = await play(lie);
		await replica.save([{ id, domain: 'finances', body: second }]);
		expect(replica.waiting).toMatchObject([{ id, plain: { values: second.values } }]);
		const honest = await play((row) => row);
		await honest.replica.save([{ id, domain: 'finances', body: second }]);
		expect(honest.replica.waiting).toEqual([]);
	}
);

test('a record that the server shows in another domain is saved to its own, never where that one would send it', async () => {
	const { replica } = await play((row) => ({ ...row, rev: '3', seq: '90', domain: 'health' }));
	await replica.save([{ id, domain: 'health', body: body({ note: 'third' }) }]);
	expect(replica.waiting).toMatchObject([{ domain: 'finances', base: '2' }]);
});

test('a conflict that shows another record, or another domain, is not believed', async () => {
	const { replica, server } = await play((row) => row);
	await replica.save([{ id, domain: 'finances', body: body({ note: 'mine' }) }]);
	const theirs = { ...(server.rows.get(id) as RecordRow), rev: '5', plain: body({ secret: 'of theirs' }) };
	const show = (current: RecordRow) => {
		server.meet = (changes) => ({ results: changes.map((one) => ({ id: one.id, status: 'conflict', current })) });
	};
	show({ ...theirs, id: uuid(2) });
	await expect(replica.sync()).rejects.toMatchObject({ code: 'sync/bad-answer' });
	show({ ...theirs, domain: 'health' });
	await replica.sync();
	expect(replica.waiting).toMatchObject([{ id, plain: { values: { note: 'mine' } } }]);
	show(theirs);
	await replica.sync();
	expect(replica.waiting[0]?.plain.values, 'its own row is merged').toMatchObject({ secret: 'of theirs' });
});

test('a change that met a damaged row is put right by the next save, which stands on that row', async () => {
	const { replica, server } = await play((row) => row);
	await replica.save([{ id, domain: 'finances', body: body({ note: 'mine' }) }]);
	const { plain: _, ...theirs } = server.rows.get(id) as RecordRow;
	server.rows.set(id, { ...theirs, rev: '3', seq: '90', damaged: true });
	await replica.sync();
	expect(replica.waiting).toMatchObject([{ state: 'refused', refusal: { reason: 'damaged' } }]);
	await replica.save([{ id, domain: 'finances', body: body({ note: 'again' }) }]);
	await replica.sync();
	expect([replica.waiting, server.rows.get(id)]).toMatchObject([
		[],
		{ rev: '4', plain: { values: { note: 'again' } } }
	]);
});
