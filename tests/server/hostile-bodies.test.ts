// Rows 1, 14, 18, 19 and 37 of the attacks, by whoever owns the database and was given the keys of the system layer: what
// they write is sealed as the server seals it, and opens there. Each is told in words and shows nothing of its own. What
// the checks of generations and layers stop is shown with each of them out in tests/unit/sync/lying-sealed-server.test.ts.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { saveRecord } from '../../src/lib/vault/save-record.ts';
import { reportWords } from '../../src/routes/(vault)/[entity=uuid]/home/report-words.ts';
import type { PlainReport } from '../../src/routes/(vault)/[entity=uuid]/home/report-words.ts';
import type { HostileDevice } from './hostile/device.ts';
import { HostileStage } from './hostile/stage.ts';

let stage: HostileStage;

beforeAll(async () => {
	stage = await HostileStage.open();
});
afterAll(() => stage.close());

const saying = (text: string) => ({
	kind: 'spaceship',
	version: 1,
	values: { text },
	meta: { at: '2026-03-01T09:30:00Z' }
});

interface Row {
	id: string;
	rev: string;
	generation: number | null;
	body: string;
}

/** A person with two records of health, the first of which was written twice, and a new key since the first of them. */
async function written() {
	const { ana, entity, device } = await stage.turnedOn();
	const [first = ''] = device.vault.records.all().map(({ id }) => id);
	const edit = async (id: string | null, text: string) => {
		const outcome = await saveRecord(device.vault, { id, domain: 'health', body: saying(text) });
		await device.sync.sync();
		return outcome.status === 'saved' ? outcome.id : '';
	};
	const second = await edit(null, 'second');
	/** What somebody sealed who was removed since: under the key that they had. */
	const old =
		(await device.vault.keys?.seal(entity, 'health', [{ id: first, rev: '3', plain: saying('forged') }])) ?? [];
	await device.encryption.rotate(entity, 'health');
	await device.encryption.resume();
	await device.sync.sync();
	await edit(first, 'first, again');
	expect(device.shown).toEqual(['first, again 2', 'second 2']);
	return { ana, entity, device, first, second, old: old[0]?.sealed ?? '' };
}

type Written = Awaited<ReturnType<typeof written>>;

/** The system layer taken off a row and put on again somewhere, as only its keys allow. */
function moved({ entity, first }: Written, sealed: string, rev: string, generation: number): Partial<Row> {
	const place = { entity, domain: 'health', id: first, revision: BigInt(rev) };
	return { rev, generation, body: stage.systemLayer.sealOverRecord(place, generation, sealed) };
}

function opened({ entity }: Written, { id, rev, generation, body }: Row): string {
	const place = { entity, domain: 'health', id, revision: BigInt(rev) };
	return stage.systemLayer.openOverRecord(place, generation ?? 0, body);
}

interface Attack {
	name: string;
	what: PlainReport;
	/** What becomes of the row of the first record; `sealed` are the bodies of both, without the system layer. */
	lie: (stage: Written, rows: { mine: Row; theirs: Row; earlier: Row }) => Partial<Row>;
	/** What comes of the row where nothing binds it to its place, or nothing was seen before. */
	without?: (all: Written, row: Row) => Promise<string | undefined>;
}

/** What the key worker of a device makes of a body, asked for in a place of the test's choice. */
async function readAt({ entity, device }: { entity: string; device: HostileDevice }, at: Partial<Row>, sealed: string) {
	const { id = '', rev = '', generation } = at;
	const [one] =
		(await device.vault.keys?.open(entity, 'health', [{ id, rev, generation: generation ?? 0, sealed }])) ?? [];
	return one?.ok ? String(one.plain.values['text']) : one?.why;
}

const attacks: Attack[] = [
	{
		name: 'row 1: the body of another record, as a later revision',
		what: 'cannot-open',
		lie: (all, { theirs }) => moved(all, opened(all, theirs), '3', 2),
		without: (all, row) => readAt(all, { ...row, id: all.second, rev: '1' }, opened(all, row))
	},
	{
		name: 'row 1: its own earlier body, as a later revision',
		what: 'cannot-open',
		lie: (all, { mine }) => moved(all, opened(all, mine), '3', 2),
		without: (all, row) => readAt(all, { ...row, rev: '2' }, opened(all, row))
	},
	{
		name: 'row 14: the record as it was at its earlier revision',
		what: 'older-revision',
		lie: (_, { earlier }) => earlier,
		without: async (all) => (await fresh(all)).shown.find((text) => text.startsWith('before'))
	},
	{
		name: 'row 13: a body that has the system layer alone',
		what: 'plain-refused',
		lie: ({ entity, first }) => {
			const place = { entity, domain: 'health', id: first, revision: 3n };
			return {
				rev: '3',
				generation: null,
				body: stage.systemLayer.sealRecord(place, JSON.stringify(saying('forged')))
			};
		}
	},
	{
		name: 'row 37: a later revision under the key of before, which a removed member has',
		what: 'retired',
		lie: (all) => moved(all, all.old, '3', 1)
	}
];

async function fresh({ ana, entity }: Written): Promise<HostileDevice> {
	const device = stage.device(ana);
	expect(await device.unlock()).toBe('open');
	return device.open(entity);
}

describe.each(attacks)('$name', ({ what, lie, without }) => {
	test('is told in words and not believed; what was there is taken again once it is back', async () => {
		const all = await written();
		const { device, entity, first, second } = all;
		const { sql } = stage;
		const rowOf = async (id: string): Promise<Row> => {
			const [row] = await sql<Row[]>`select id, rev::text, generation, body from records where id = ${id}`;
			return row as Row;
		};
		const [earlier] = await sql<Row[]>`select id, rev::text, generation, body from record_history where id = ${first}`;
		const mine = await rowOf(first);
		const altered = { ...mine, ...lie(all, { mine, theirs: await rowOf(second), earlier: earlier as Row }) };
		const put = ({ rev, generation, body }: Row, seq: number) =>
			stage.tamper(
				(act) => act`update records set rev = ${rev}, generation = ${generation}, body = ${body}, seq = ${seq}
					where entity_id = ${entity} and id = ${first}`
			);
		await put(altered, 90);
		await device.sync.sync();
		expect(device.sync.reports.map((report) => [report.what, report.record])).toEqual([[what, first]]);
		expect(reportWords[what].title(1)).toMatch(/\w+ \w+/);
		expect(device.shown, 'what this device has').toContain('first, again 2');
		if (without) expect(await without(all, altered)).toMatch(/before|second|first, again/);
		await put(mine, 91);
		const other = await fresh(all);
		expect([other.shown, other.sync.reports]).toEqual([['first, again 2', 'second 2'], []]);
	});
});

describe('row 19: what stands in plain columns', () => {
	test('altered, changes nothing of what is shown; a client that went by them would show a record in the bin, of 1999', async () => {
		const all = await written();
		const { entity, first, ana } = all;
		const updatedAt = all.device.vault.records.peek(first)?.updatedAt;
		await stage.tamper(
			(act) => act`update records set state = 'bin', author = gen_random_uuid(), updated_at = '1999-01-01', seq = 90
				where entity_id = ${entity} and id = ${first}`
		);
		await all.device.sync.sync();
		for (const device of [all.device, await fresh(all)]) {
			expect(device.shown).toContain('first, again 2');
			const { vault } = device;
			expect(vault.records.peek(first)).toMatchObject({
				updatedAt,
				userLayer: { author: ana.id }
			});
			const { records } = await vault.client.call('pullRecords', { body: { entity, after: { health: '0' } } });
			const row = records.find(({ id }) => id === first);
			expect(row).toMatchObject({ state: 'bin' });
			expect(row?.author).not.toBe(ana.id);
			expect(row?.updatedAt).toMatch(/^1999/);
		}
	});
});
