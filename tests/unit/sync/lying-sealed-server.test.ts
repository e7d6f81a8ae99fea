import { describe, expect, test } from 'vitest';
import type { PullAnswer, Record as RecordRow } from '../../../src/lib/api/record.ts';
import { recordChecks } from '../../../src/lib/crypto/open-records.ts';
import type { RecordChecks } from '../../../src/lib/crypto/open-records.ts';
import type { Unread } from '../../../src/lib/device/record-store.ts';
import { judgeRecord } from '../../../src/lib/sync/judge-record.ts';
import type { Judge, Verdict } from '../../../src/lib/sync/judge-record.ts';
import { refuseRow } from '../../../src/lib/sync/open-rows.ts';
import type { RefuseRow } from '../../../src/lib/sync/open-rows.ts';
import { body } from './bodies.ts';
import { ENTITY, uuid } from './changes.ts';
import { DOMAIN, Layered } from './layered.ts';
import { ACCOUNT } from './open-replica.ts';
import { TestKeys, World } from './test-keys.ts';

// The server of these tests has its own layer's keys, as all of them have: it opens nothing of the user layer with them,
// and is free in every column and in whichever envelope it was ever given.

const [id, other] = [uuid(1), uuid(2)];
const REMOVED = uuid(666);
const first = body({ note: 'first' });
const second = body({ note: 'second' });
const forged = body({ note: 'forged' });

/** Checks that a client may be without, to see what each of them stops. */
interface Client {
	judge?: Judge;
	refuse?: RefuseRow;
	checks?: RecordChecks;
}

const judgeWithout =
	(...verdicts: Verdict[]): Judge =>
	(known, incoming) => {
		const verdict = judgeRecord(known, incoming);
		return verdicts.includes(verdict) ? 'newer' : verdict;
	};
const refuseWithout =
	(unread: Unread): RefuseRow =>
	(...given) => {
		const found = refuseRow(...given);
		return found === unread ? null : found;
	};
const anyAuthor: RecordChecks = { ...recordChecks, wroteIt: () => Promise.resolve(true) };
const anyGeneration: RecordChecks = { ...recordChecks, inUse: () => true };

interface Attack {
	name: string;
	what: Verdict;
	/** What the server says of the record, which this device has at revision 2 under generation 2. */
	lie: (row: RecordRow, stage: Layered) => RecordRow | Promise<RecordRow>;
	/** Before it lies: what became of the domain's keys. */
	layer?: { oldest: number; current: number };
	/** A client in which it succeeds, and what that one would show. */
	without?: Client;
	believed?: unknown;
}

/** Somebody who held the key of an earlier generation, and was removed when the later one was made. */
function removed(generation: number): TestKeys {
	const world = new World();
	world.setLayer(ENTITY, DOMAIN, { oldest: 1, current: generation });
	return new TestKeys(world, REMOVED);
}

const attacks: Attack[] = [
	{
		name: 'a body in the clear',
		what: 'plain-refused',
		lie: ({ sealed: _, generation: __, ...row }) => ({ ...row, rev: '3', seq: '90', plain: forged }),
		without: { refuse: refuseWithout('plain-refused'), judge: judgeWithout('retired') },
		believed: forged
	},
	{
		name: 'a body in the clear beside the envelope',
		what: 'other-bytes',
		lie: (row) => ({ ...row, seq: '90', plain: forged }),
		believed: second
	},
	{
		name: 'a revision that a removed member sealed under the generation that they still have',
		what: 'retired',
		layer: { oldest: 1, current: 2 },
		lie: async (row, stage) => {
			stage.world.writers.add(REMOVED);
			return { ...row, rev: '3', seq: '90', ...(await stage.seal(id, '3', forged, removed(1))) };
		},
		without: { judge: judgeWithout('retired') },
		believed: forged
	},
	{
		name: 'a body under a generation that is retired',
		what: 'retired',
		layer: { oldest: 2, current: 2 },
		lie: async (row, stage) => {
			stage.world.writers.add(REMOVED);
			return { ...row, rev: '3', seq: '90', ...(await stage.seal(id, '3', forged, removed(1))) };
		},
		without: { refuse: refuseWithout('retired'), checks: anyGeneration, judge: judgeWithout('retired') },
		believed: forged
	},
	{
		name: 'a body that somebody without the right signed, under the key in use',
		what: 'author',
		lie: async (row, stage) => ({ ...row, rev: '3', seq: '90', ...(await stage.seal(id, '3', forged, removed(2))) }),
		without: { checks: anyAuthor },
		believed: forged
	},
	{
		name: 'the body of another record',
		what: 'cannot-open',
		lie: async (row, stage) => ({ ...row, rev: '3', seq: '90', ...(await stage.seal(other, '3', forged)) })
	},
	{
		name: 'the body of another revision of the same record, as a new one',
		what: 'cannot-open',
		lie: async (row, stage) => ({ ...row, rev: '3', seq: '90', ...(await stage.seal(id, '1', first)) })
	},
	{
		name: 'an envelope that says it is of another generation than the row',
		what: 'cannot-open',
		lie: async (row, stage) => {
			const { sealed } = await stage.seal(id, '3', forged, removed(1));
			return { ...row, rev: '3', seq: '90', generation: 2, sealed };
		}
	},
	{
		name: 'an envelope of another version',
		what: 'cannot-open',
		lie: (row) => ({ ...row, rev: '3', seq: '90', sealed: `Ag${row.sealed?.slice(2) ?? ''}` })
	},
	{
		name: 'an envelope of the other layer',
		what: 'cannot-open',
		lie: (row) => ({ ...row, rev: '3', seq: '90', sealed: `AVM${row.sealed?.slice(3) ?? ''}` })
	},
	{
		name: 'another body, signed by the same hand at the same revision',
		what: 'other-bytes',
		lie: async (row, stage) => ({ ...row, seq: '90', ...(await stage.seal(id, '2', forged)) }),
		without: { judge: judgeWithout('other-bytes') },
		believed: forged
	},
	{
		name: 'the older body at its older revision',
		what: 'older-revision',
		lie: async (row, stage) => ({ ...row, rev: '1', seq: '90', ...(await stage.seal(id, '1', first)) }),
		without: { judge: judgeWithout('older-revision') },
		believed: first
	},
	{
		name: 'the same row in a domain without a user layer, its body in the clear',
		what: 'moved',
		lie: ({ sealed: _, generation: __, ...row }) => ({
			...row,
			rev: '3',
			seq: '90',
			domain: 'finances',
			plain: forged
		}),
		without: { judge: judgeWithout('moved') },
		believed: forged
	},
	{
		name: 'a row marked as deleted without its body',
		what: 'withheld',
		lie: ({ sealed: _, generation: __, ...row }) => ({ ...row, rev: '3', seq: '90', state: 'purged' }),
		without: { judge: judgeWithout('withheld') },
		believed: undefined
	}
];

/** A device that has a record at its second revision, and a server that lies about it from then on. */
async function play({ lie, layer }: Attack, { judge, refuse, checks }: Client = {}) {
	const stage = new Layered({ oldest: 1, current: 1 });
	await stage.write(id, first);
	stage.setLayer({ oldest: 1, current: 2 });
	await stage.write(id, second);
	const keys = stage.keys();
	if (checks) keys.checks = checks;
	const known = await stage.device({ keys, judge, refuse });
	await known.replica.sync();
	expect(known.shown.get(id)?.plain).toEqual(second);
	if (layer) stage.setLayer(layer);
	keys.accept();
	stage.server.rows.set(id, await lie(stage.server.rows.get(id) as RecordRow, stage));
	await known.replica.sync();
	return { ...known, stage };
}

describe.each(attacks)('$name', (attack) => {
	const { what, without, believed } = attack;

	test('is reported once and not believed, also after the app starts again', async () => {
		const { replica, shown, store, stage } = await play(attack);
		const reports = attack.believed === second ? [] : [{ what, record: id }];
		expect(shown.get(id)?.plain).toEqual(second);
		expect(replica.reports).toMatchObject(reports);
		await replica.pullAll();
		expect(replica.reports.length).toBe(reports.length);
		const again = await stage.device({ store });
		await again.replica.pullAll();
		expect(again.shown.get(id)?.plain).toEqual(second);
		expect(again.replica.reports.length).toBe(reports.length);
	});

	if (without)
		test('would be believed without that check', async () => {
			const { replica, shown } = await play(attack, without);
			expect(shown.get(id)?.plain).toEqual(believed);
			expect(replica.reports).toEqual([]);
		});

	test('is nothing that anybody ever sends further: the next save of it leaves sealed, from what this device had', async () => {
		const { replica, stage } = await play(attack);
		await replica.save([{ id, domain: DOMAIN, body: body({ note: 'third' }) }]);
		await replica.sync();
		expect(replica.record(id)?.plain?.values.note).toBe('third');
		const sent = stage.server.pushes.flat();
		expect(sent.length).toBeGreaterThan(0);
		expect(sent.every(({ domain, sealed, plain }) => domain === DOMAIN && sealed && !plain)).toBe(true);
	});
});

describe('what a device meets for the first time', () => {
	test.each(attacks.filter(({ what }) => ['plain-refused', 'author', 'retired', 'cannot-open'].includes(what)))(
		'$name is shown as what it is, with nothing in it',
		async (attack) => {
			const { stage } = await play(attack);
			if (attack.layer?.oldest === 1) return;
			const { shown, replica } = await stage.device();
			await replica.sync();
			expect(shown.get(id)).toMatchObject({ unread: attack.what });
			expect(shown.get(id)?.plain).toBeUndefined();
		}
	);

	test('a record withheld is noticed by a device that had it, and by no other', async () => {
		const stage = new Layered();
		await stage.write(id, first);
		await stage.write(other, first);
		const { replica } = await stage.device();
		await replica.sync();
		stage.server.lie = (page: PullAnswer) => ({ ...page, records: page.records.filter((row) => row.id !== id) });
		await replica.pullAll();
		expect(replica.reports).toMatchObject([{ what: 'missing', record: id }]);
		const fresh = await stage.device();
		await fresh.replica.pullAll();
		expect(fresh.replica.reports).toEqual([]);
	});

	test('columns that lie change nothing of what a record says, nor who signed it', async () => {
		const stage = new Layered();
		await stage.write(id, first);
		const row = stage.server.rows.get(id) as RecordRow;
		stage.server.rows.set(id, { ...row, author: REMOVED, updatedAt: '1999-01-01T00:00:00Z', state: 'bin' });
		const { shown, replica } = await stage.device();
		await replica.sync();
		expect(shown.get(id)).toMatchObject({ plain: first, signer: ACCOUNT });
	});
});
