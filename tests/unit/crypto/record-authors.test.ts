import { describe, expect, test } from 'vitest';
import { DOMAINS } from '../../../src/lib/access/domains.ts';
import type { Domain } from '../../../src/lib/access/domains.ts';
import type { Bytes } from '../../../src/lib/crypto/bytes.ts';
import { authorsOf, recordChecks } from '../../../src/lib/crypto/open-records.ts';
import type { RecordChecks, RecordToOpen } from '../../../src/lib/crypto/open-records.ts';
import { retire } from '../../../src/lib/crypto/roster-changes.ts';
import { openBody, resealRecord } from '../../../src/lib/crypto/seal-records.ts';
import { showRecords } from './record-bodies.ts';
import {
	accepted,
	former,
	health,
	json,
	key,
	member,
	newest,
	owner,
	people,
	reader,
	sealed,
	viewer,
	why
} from './record-play.ts';
import { accept, entity, makeSignatory, peopleWith } from './roster-play.ts';

describe('an author', () => {
	const lax: RecordChecks = { ...recordChecks, wroteIt: () => Promise.resolve(true) };

	test('who may only read is refused, whatever role the table gives them, and would be believed unasked', async () => {
		const row = await sealed(viewer);
		expect(await why(row)).toBe('author');
		expect(await why(row, reader, lax)).toBe('opened');
		const raised = {
			...newest.roster,
			members: newest.roster.members.map((one) => (one.id === viewer.id ? { ...one, role: 'member' as const } : one))
		};
		const allowed = authorsOf([...accepted, await accept(raised)], 'health', people);
		expect(await why(row, { ...reader, authors: allowed })).toBe('opened');
	});

	test('who left is still read, as long as the generation is that they wrote under is', async () => {
		expect(await why(await sealed(former, 1))).toBe('opened');
		const never = authorsOf([newest], 'health', people);
		expect(await why(await sealed(former, 1), { ...reader, authors: never })).toBe('author');
	});

	test('is who signed, not who is named', async () => {
		const row = await sealed({ ...viewer, id: member.id });
		expect(await why(row)).toBe('author');
		expect(await why(row, reader, lax)).toBe('opened');
	});

	test('is read under every identity that a roster names of them, and under no other', async () => {
		const next = { ...(await makeSignatory()), id: member.id };
		const moved = {
			...newest.roster,
			members: newest.roster.members.map((one) => (one.id === member.id ? { ...one, identity: next.hash } : one))
		};
		const both = await peopleWith([member, next]);
		const authors = authorsOf([...accepted, await accept(moved)], 'health', both);
		for (const by of [member, next]) expect(await why(await sealed(by), { ...reader, authors })).toBe('opened');
		const before = authorsOf(accepted, 'health', both);
		expect(await why(await sealed(next), { ...reader, authors: before })).toBe('author');
		expect(await why(await sealed(member), { ...reader, authors: new Map() })).toBe('author');
	});

	test('needs the domain, and in chat nothing but the right to post', () => {
		const chat = newest.roster.members.map((one) => ({
			...one,
			domains: DOMAINS,
			role: one.role === 'owner' ? one.role : ('analyst' as const)
		}));
		const allowed = (domain: Domain) => [
			...authorsOf([{ ...newest, roster: { ...newest.roster, members: chat } }], domain, people).keys()
		];
		expect(allowed('chat')).toEqual([owner.id, member.id, viewer.id]);
		for (const domain of ['health', 'finances', 'administration'] as const) expect(allowed(domain)).toEqual([owner.id]);
	});
});

describe('a generation', () => {
	test('that was retired is written on by a former member: refused, and read by a client that does not look', async () => {
		const row = await sealed(former, 1);
		const { oldest, current } = retire(newest.roster, 'health').domains.health ?? { oldest: 0, current: 0 };
		const now = { ...reader, oldest, current };
		expect(await why(row, now)).toBe('retired');
		expect(await why(row, now, { ...recordChecks, inUse: () => true })).toBe('opened');
		expect(await why(await sealed(member, 2), now)).toBe('opened');
	});

	test('that is not there yet is refused, and one whose key is not at hand says so', async () => {
		const row = await sealed();
		expect(await why(row, { ...reader, current: 1 })).toBe('retired');
		expect(await why(row, { ...reader, keys: new Map([[1, key(1)]]) })).toBe('no-key');
		expect(await why(row, { ...reader, keys: new Map([[2, key(1)]]) })).toBe('cannot-open');
		expect(await why(row)).toBe('opened');
	});

	test('is left for the next by sealing the same plain anew: author, signature and revision stay', async () => {
		const batch = [await sealed(former, 1), await sealed(member, 1)];
		const broken = { ...(await sealed(member, 1)), revision: 9n };
		const anew = async (row: RecordToOpen): Promise<Bytes | null> => {
			const envelope = row.envelope.slice();
			return (await resealRecord(health(1), health(2), { ...row, envelope })) ? envelope : null;
		};
		const [one, two, three] = await Promise.all([...batch, broken].map(anew));
		expect(three).toBeNull();
		const now = { ...reader, oldest: 2 };
		for (const [index, envelope] of [one, two].entries()) {
			const row = { ...(batch[index] as RecordToOpen), generation: 2, envelope: envelope as Bytes };
			expect(await showRecords(now, [row])).toMatchObject([{ ok: true, json, author: [former.id, member.id][index] }]);
			const plain = (generation: number, body: Bytes) =>
				openBody(health(generation), { entity, domain: 'health', ...row }, body);
			expect(await plain(2, row.envelope)).toEqual(await plain(1, (batch[index] as RecordToOpen).envelope));
		}
	});
});
