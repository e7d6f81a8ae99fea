import type { Record as RecordRow } from '../../../src/lib/api/record.ts';
import { recordChecks } from '../../../src/lib/crypto/open-records.ts';
import type { RecordChecks } from '../../../src/lib/crypto/open-records.ts';
import type { Unread } from '../../../src/lib/device/record-store.ts';
import { judgeRecord } from '../../../src/lib/sync/judge-record.ts';
import type { Judge, Verdict } from '../../../src/lib/sync/judge-record.ts';
import { refuseRow } from '../../../src/lib/sync/open-rows.ts';
import type { RefuseRow } from '../../../src/lib/sync/open-rows.ts';
import { body } from './bodies.ts';
import { ENTITY, uuid } from './changes.ts';
import { DOMAIN } from './layered.ts';
import type { Layered } from './layered.ts';
import { TestKeys, World } from './test-keys.ts';

// The server of these tests has its own layer's keys, as all of them have: it opens nothing of the user layer with them,
// and is free in every column and in whichever envelope it was ever given.

export const [id, other] = [uuid(1), uuid(2)];
export const REMOVED = uuid(666);
export const first = body({ note: 'first' });
export const second = body({ note: 'second' });
const forged = body({ note: 'forged' });

/** Checks that a client may be without, to see what each of them stops. */
export interface Client {
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

export interface Attack {
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

export const attacks: Attack[] = [
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
		name: 'a body in the clear beside an envelope that does not open',
		what: 'cannot-open',
		lie: (row) => ({ ...row, rev: '3', seq: '90', plain: forged, sealed: `${row.sealed?.slice(0, -4) ?? ''}AAAA` })
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
