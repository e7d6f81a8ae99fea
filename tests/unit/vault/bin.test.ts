import { beforeEach, expect, test } from 'vitest';
import type { Role } from '../../../src/lib/access/roles.ts';
import { daysLeft } from '../../../src/lib/vault/bin-days.ts';
import { isPurged } from '../../../src/lib/vault/open-record.ts';
import type { Vault } from '../../../src/lib/vault/vault.svelte.ts';
import { row, uuid } from '../sync/changes.ts';
import { expense } from './expense.ts';
import { ToyBackend } from './toy-backend.ts';

let backend: ToyBackend;
const [live, first, second] = [uuid(1), uuid(2), uuid(3)] as [string, string, string];

beforeEach(() => {
	backend = new ToyBackend();
	backend.plant(row(1, { plain: expense('live') }));
	backend.plant(row(2, { state: 'bin', plain: expense('first', { deleted: true }) }));
	backend.plant(row(3, { state: 'bin', plain: expense('second', { deleted: true }) }));
});

/** A device of a person of that role. */
function deviceOf(role: Role): Promise<Vault> {
	backend.entities = backend.entities.map((entity) => ({ ...entity, role }));
	return backend.device();
}
const inBin = (vault: Vault) => vault.all().filter((record) => record.state === 'bin' && !isPurged(record));

test('what is deleted for good says nothing any more, here at once and on the server after the next pass', async () => {
	const here = await deviceOf('owner');
	const there = await backend.device();
	backend.before = () => 'lost';
	await here.bin.purge([live, first]);
	expect(inBin(here).map(({ id }) => id)).toEqual([second]);
	expect([here.record(live)?.state, backend.rows.get(first)?.rev]).toEqual(['live', '1']);
	backend.before = () => null;
	await here.sync.sync();
	expect(backend.rows.get(first)?.plain).toMatchObject({ values: {}, meta: { deleted: true, purged: true } });
	expect(JSON.stringify(backend.rows.get(first))).not.toContain('"first"');
	await there.sync.sync();
	for (const vault of [here, there]) {
		expect(inBin(vault).map(({ id }) => id)).toEqual([second]);
		expect([vault.differing, vault.damaged]).toEqual([[], []]);
	}
	expect(await here.bin.restore([first])).toEqual([]);
});

test('many are taken out of the bin in one save', async () => {
	const here = await deviceOf('administrator');
	const outcomes = await here.bin.restore([first, second, live]);
	expect(outcomes.map(({ status }) => status)).toEqual(['saved', 'saved']);
	expect(inBin(here)).toEqual([]);
	expect(here.records('expense').map(({ body }) => body.values.note)).toEqual(['live', 'first', 'second']);
});

test.each<[Role, string, string, string]>([
	['owner', 'saved', 'saved', 'saved'],
	['administrator', 'saved', 'saved', 'saved'],
	['member', 'saved', 'denied', 'denied'],
	['viewer', 'denied', 'denied', 'denied']
])('the role %s: to the bin %s, out of it %s, for good %s', async (role, binned, restored, purged) => {
	const here = await deviceOf(role);
	const acts = [await here.removeMany([live]), await here.bin.restore([first]), await here.bin.purge([second])];
	const said = acts.flat().map((outcome) => (outcome.status === 'saved' ? 'saved' : outcome.reason));
	expect(said).toEqual([binned, restored, purged]);
});

test('a deletion counts from when the server wrote it, or where it was not told yet from when it was made here', async () => {
	backend.plant(row(4, { state: 'bin', updatedAt: '2026-02-01T00:00:00Z', plain: expense('old', { deleted: true }) }));
	const here = await deviceOf('owner');
	expect(here.record(uuid(4))?.writtenAt).toBe('2026-02-01T00:00:00Z');
	backend.before = () => 'lost';
	await here.remove(live);
	expect(here.record(live)?.writtenAt).toBe(here.record(live)?.body.meta.at);
});

test('thirty days are left at first, one in the last hours, none once it is due', () => {
	const deleted = '2026-03-01T12:00:00Z';
	const left = (at: string) => daysLeft(deleted, new Date(at));
	expect(left('2026-03-01T12:00:00Z')).toBe(30);
	expect(left('2026-03-02T11:59:00Z')).toBe(30);
	expect(left('2026-03-31T11:00:00Z')).toBe(1);
	expect(left('2026-03-31T12:00:00Z')).toBe(0);
	expect(left('2026-05-01T00:00:00Z')).toBe(0);
	// A device whose clock is behind.
	expect(left('2026-02-01T00:00:00Z')).toBe(30);
});
