import { beforeEach, expect, test } from 'vitest';
import { DeviceError } from '../../../src/lib/device/device-error.ts';
import { MemoryStore } from '../../../src/lib/device/memory-store.ts';
import type { Role } from '../../../src/lib/access/roles.ts';
import type { Vault } from '../../../src/lib/vault/vault.svelte.ts';
import { ENTITY, row, uuid } from '../sync/changes.ts';
import { expense } from './expense.ts';
import { ToyBackend } from './toy-backend.ts';

let backend: ToyBackend;
let here: Vault;

beforeEach(async () => {
	backend = new ToyBackend();
	here = await backend.device();
});

const notes = (vault: Vault) => vault.records('expense').map((record) => record.body.values.note);

async function create(note: string): Promise<string> {
	const outcome = await here.save(null, 'finances', expense(note));
	if (outcome.status !== 'saved') throw new Error(outcome.reason);
	return outcome.id;
}

test('a record is saved without the server, waits, and is there for another device after the next pass', async () => {
	backend.before = () => 'lost';
	const id = await create('bread');
	expect(here.record(id)).toMatchObject({ state: 'live', waiting: true, rev: '0' });
	expect([notes(here), here.sync.waiting, backend.rows.size]).toEqual([['bread'], 1, 0]);
	backend.before = () => null;
	await here.sync.sync();
	expect(here.record(id)).not.toHaveProperty('waiting');
	expect([here.record(id)?.rev, here.sync.waiting]).toEqual(['1', 0]);
	expect(notes(await backend.device())).toEqual(['bread']);
});

test('an edit is a new revision, and members nobody here knows survive it', async () => {
	backend.plant(row(1, { plain: { ...expense('old'), novelty: { a: 1 } } }));
	await here.sync.sync();
	const body = { ...here.record(uuid(1))?.body, ...{ values: { note: 'new' } } } as ReturnType<typeof expense>;
	await here.save(uuid(1), 'finances', body);
	await here.sync.sync();
	expect(backend.rows.get(uuid(1))).toMatchObject({ rev: '2', plain: { values: { note: 'new' }, novelty: { a: 1 } } });
});

test('the same field changed on two devices keeps both values until one is picked', async () => {
	const paid = (payee: string) => ({ ...expense('first'), values: { payee } });
	const payees = (vault: Vault) => vault.records('expense').map(({ body }) => body.values.payee);
	const id = await create('first');
	await here.sync.sync();
	const there = await backend.device();
	await there.save(id, 'finances', paid('theirs'));
	await there.sync.sync();
	await here.save(id, 'finances', paid('mine'));
	await here.sync.sync();
	expect(payees(here)).toEqual(['theirs']);
	expect(here.undecided.map((record) => record.id)).toEqual([id]);
	expect(here.record(id)?.body.meta.conflicts).toMatchObject({ payee: [{ value: 'mine' }] });
	await there.sync.sync();
	expect(there.undecided).toHaveLength(1);
	await there.save(id, 'finances', paid('mine'));
	await there.sync.sync();
	await here.sync.sync();
	expect([payees(here), here.undecided]).toEqual([['mine'], []]);
});

test('a draft that began from an older body is merged with what came meanwhile', async () => {
	const id = await create('first');
	await here.sync.sync();
	const from = here.record(id)?.body;
	const there = await backend.device();
	await there.save(id, 'finances', { ...expense('first'), values: { note: 'first', payee: 'Kiosk' } });
	await there.sync.sync();
	await here.sync.sync();
	await here.save(id, 'finances', expense('mine'), from);
	expect(here.record(id)?.body.values).toEqual({ note: 'mine', payee: 'Kiosk' });
	expect(here.undecided).toEqual([]);
});

test('what is refused waits for a word, and may be tried again or given up', async () => {
	const id = await create('bread');
	backend.refuse = 'over-quota';
	await here.sync.sync();
	expect(here.sync).toMatchObject({ waiting: 0, refused: [{ id, refusal: { reason: 'over-quota' } }] });
	expect(notes(here)).toEqual(['bread']);
	await here.sync.retry(here.sync.refused[0]?.change ?? '');
	expect(here.sync.refused).toHaveLength(1);
	backend.refuse = null;
	await here.sync.retry(here.sync.refused[0]?.change ?? '');
	expect([here.sync.refused, backend.rows.get(id)?.plain?.values.note]).toEqual([[], 'bread']);
	backend.refuse = 'denied';
	await here.save(id, 'finances', expense('cake'));
	await here.sync.sync();
	await here.sync.giveUp(here.sync.refused[0]?.change ?? '');
	expect([notes(here), here.sync.refused]).toEqual([['bread'], []]);
});

test('thousands are saved in few writes with progress, without the server', async () => {
	backend.before = () => 'lost';
	const requests = Array.from({ length: 2500 }, (_, place) => ({
		...{ id: null, domain: 'finances' as const, body: expense(String(place)) }
	}));
	const seen: number[] = [];
	const outcomes = await here.saveMany(requests, { onProgress: (done, total) => seen.push(done, total) });
	expect(seen).toEqual([1000, 2500, 2000, 2500, 2500, 2500]);
	expect(outcomes.every(({ status }) => status === 'saved')).toBe(true);
	expect([here.size, here.sync.waiting, backend.rows.size]).toEqual([2500, 2500, 0]);
	backend.before = () => null;
	await here.sync.sync();
	expect([here.sync.waiting, backend.rows.size]).toEqual([0, 2500]);
});

test('deleting is a body marked deleted at the next revision, and can be undone', async () => {
	const id = await create('bread');
	await here.sync.sync();
	expect(await here.removeMany([id, id + 'x'])).toMatchObject([{ status: 'saved' }]);
	expect([notes(here), here.record(id)?.state]).toEqual([[], 'bin']);
	await here.sync.sync();
	expect(backend.rows.get(id)).toMatchObject({
		rev: '2',
		plain: { values: { note: 'bread' }, meta: { deleted: true } }
	});
	await here.bin.restore([id]);
	await here.sync.sync();
	expect(notes(here)).toEqual(['bread']);
	expect(backend.rows.get(id)?.plain?.meta).not.toHaveProperty('deleted');
});

test('a damaged record is not saved over', async () => {
	backend.plant(row(1, { plain: undefined, damaged: true }));
	await here.sync.sync();
	expect(await here.save(uuid(1), 'finances', expense('over'))).toEqual({ status: 'refused', reason: 'damaged' });
	expect(here.sync.waiting).toBe(0);
});

test.each<[Role, string]>([
	['viewer', 'refused'],
	['analyst', 'refused'],
	['member', 'saved']
])('what a %s saves is %s before anything is kept', async (role, status) => {
	backend.entities = backend.entities.map((entity) => ({ ...entity, role }));
	await here.list();
	expect(await here.save(null, 'finances', expense('bread'))).toMatchObject({ status });
	expect(here.sync.waiting).toBe(status === 'saved' ? 1 : 0);
});

test('what a full device cannot keep is refused, and nothing of it is shown', async () => {
	const store = new MemoryStore();
	here = await backend.device(store);
	store.commit = () => Promise.reject(new DeviceError('device/full'));
	expect(await here.save(null, 'finances', expense('bread'))).toEqual({ status: 'refused', reason: 'device-full' });
	expect([notes(here), here.sync.waiting]).toEqual([[], 0]);
});

test('nothing is saved into another entity than the one that is meant', async () => {
	const save = here.saveMany([{ id: null, domain: 'finances', body: expense('bread') }], { entity: uuid(7) });
	await expect(save).rejects.toThrow('vault/closed');
	expect(here.entity?.id).toBe(ENTITY);
});

test('a save while a pass is under way is on the server after the pass that follows', async () => {
	await create('first');
	const under = here.sync.sync();
	await create('second');
	await Promise.all([under, here.sync.sync()]);
	expect([...backend.rows.values()].map(({ plain }) => plain?.values.note)).toEqual(['first', 'second']);
});
