import { beforeEach, expect, test } from 'vitest';
import { MemoryStore } from '../../../src/lib/device/memory-store.ts';
import type { Vault } from '../../../src/lib/vault/vault.svelte.ts';
import { ENTITY, row, uuid } from '../sync/changes.ts';
import { expense } from './expense.ts';
import { ToyBackend } from './toy-backend.ts';

let backend: ToyBackend;

beforeEach(() => (backend = new ToyBackend()));

const notes = (vault: Vault) => vault.records('expense').map((record) => record.body.values.note);

test('opening for the first time pulls every page and only then is ready', async () => {
	for (let number = 1; number <= 2300; number++) backend.plant(row(number));
	const here = backend.closedDevice(() => Promise.resolve(new MemoryStore()));
	await here.start();
	const opening = here.open(ENTITY);
	expect([here.entity?.id, here.ready]).toEqual([ENTITY, false]);
	await opening;
	expect([here.ready, here.size, here.received]).toEqual([true, 2300, 2300]);
});

test('a pass takes only what is new, in place of what it replaces', async () => {
	backend.plant(row(1));
	backend.plant(row(2));
	const here = await backend.device();
	backend.plant(row(1, { rev: '2', plain: expense('changed') }));
	await here.sync.sync();
	expect(notes(here)).toEqual(['changed', 'note 2']);
	expect(here.sync.state).toBe('idle');
});

test('damaged records are counted and the rest is fine', async () => {
	backend.plant(row(1));
	backend.plant(row(2, { plain: undefined, damaged: true }));
	backend.plant(row(3, { plain: { kind: 'expense', version: 1, values: {}, meta: {} } }));
	const here = await backend.device();
	expect(notes(here)).toEqual(['note 1']);
	expect(here.damaged.map((record) => record.id)).toEqual([uuid(2), uuid(3)]);
});

test('a record of a kind that belongs to another domain is neither listed nor saved over', async () => {
	backend.entities = backend.entities.map((entity) => ({ ...entity, domains: ['finances', 'health'] }));
	backend.plant(row(1));
	backend.plant(row(2, { domain: 'health' }));
	const here = await backend.device();
	expect(notes(here)).toEqual(['note 1']);
	expect(here.damaged).toMatchObject([{ id: uuid(2), unread: 'cannot-open' }]);
	expect(await here.save(uuid(2), 'health', expense('mine'))).toEqual({ status: 'refused', reason: 'damaged' });
});

test('a note, which may be in any domain, is read wherever it is', async () => {
	backend.entities = backend.entities.map((entity) => ({ ...entity, domains: ['finances', 'health'] }));
	const note = { kind: 'note', version: 1, values: { title: 'Ask' }, meta: { at: '2026-01-01T00:00:00Z' } };
	backend.plant(row(1, { plain: note }));
	backend.plant(row(2, { domain: 'health', plain: note }));
	const here = await backend.device();
	expect(here.damaged).toEqual([]);
	expect(here.records('note').map(({ domain }) => domain)).toEqual(['finances', 'health']);
});

test('a row that claims another state is shown by its body, and marked', async () => {
	backend.plant(row(2, { state: 'live', plain: expense('gone', { deleted: true }) }));
	const here = await backend.device();
	expect(notes(here)).toEqual([]);
	expect(here.differing.map((record) => record.id)).toEqual([uuid(2)]);
});

test('a record whose row is emptied without a word of its author keeps what this device knew, and is told of', async () => {
	backend.plant(row(1));
	const here = await backend.device();
	backend.plant(row(1, { rev: '2', state: 'purged', plain: undefined }));
	await here.sync.sync();
	expect(notes(here)).toEqual(['note 1']);
	expect(here.record(uuid(1))).toMatchObject({ withheld: true, rev: '2' });
	expect(here.sync.reports).toMatchObject([{ what: 'withheld', record: uuid(1) }]);
});

test('a report that was read goes away and stays away', async () => {
	backend.plant(row(1));
	const here = await backend.device();
	backend.plant(row(1, { rev: '2', state: 'purged', plain: undefined }));
	await here.sync.sync();
	await here.sync.dismiss(here.sync.reports[0]?.id ?? '');
	expect(here.sync.reports).toEqual([]);
});

test('times shown come from the body, not from the row', async () => {
	backend.plant(row(1, { updatedAt: '1999-01-01T00:00:00Z' }));
	const here = await backend.device();
	expect(here.record(uuid(1))?.updatedAt).toBe('2026-01-01T00:00:00.000Z');
});

test('kinds nobody here knows are kept', async () => {
	backend.plant(
		row(1, { plain: { kind: 'spaceship', version: 3, values: { a: 1 }, meta: { at: '2026-01-01T00:00:00Z' } } })
	);
	const here = await backend.device();
	expect(here.record(uuid(1))?.body.values).toEqual({ a: 1 });
});

test('a domain that is taken away is forgotten, one that is given starts from its beginning', async () => {
	backend.plant(row(1));
	const here = await backend.device();
	const follow = async (domains: ('finances' | 'health')[]) => {
		backend.entities = backend.entities.map((entity) => ({ ...entity, domains }));
		await here.list();
		await here.sync.sync();
	};
	await follow(['health']);
	expect(notes(here)).toEqual([]);
	await follow(['finances']);
	expect(notes(here)).toEqual(['note 1']);
});

test('an entity that is no longer the person\u2019s is closed once the list says so', async () => {
	backend.plant(row(1));
	const here = await backend.device();
	backend.entities = [];
	await here.list();
	await here.sync.sync();
	expect([here.entity, here.size]).toEqual([null, 0]);
});

test('a pass without a network says so and keeps what is there', async () => {
	backend.plant(row(1));
	const here = await backend.device();
	backend.before = () => 'lost';
	await here.sync.sync();
	expect([here.sync.state, notes(here)]).toEqual(['offline', ['note 1']]);
	backend.before = () => null;
	await here.sync.sync();
	expect(here.sync.state).toBe('idle');
	expect(here.sync.lastSynced).toBeInstanceOf(Date);
});

test('what arrives for an entity that was left is not taken in', async () => {
	backend.plant(row(1));
	const here = backend.closedDevice(() => Promise.resolve(new MemoryStore()));
	await here.start();
	const opening = here.open(ENTITY);
	here.belongTo(null);
	await expect(opening).rejects.toThrow();
	expect([here.entity, here.size]).toEqual([null, 0]);
});

test('an entity whose making got no answer is found in the list and not made twice', async () => {
	const here = await backend.device();
	backend.after = (sent) => (sent.method === 'POST' && sent.path === '/api/entities' ? 'lost' : null);
	const made = await here.createEntity({ kind: 'pet', name: ' Luna ' });
	expect(made).toMatchObject({ kind: 'pet' });
	expect(backend.entities.length).toBe(2);
});

test('nothing stays in memory when the person signs out', async () => {
	backend.plant(row(1));
	const here = await backend.device();
	here.belongTo(null);
	expect([here.entity, here.size, here.entities, here.listed, here.sync.waiting]).toEqual([null, 0, [], false, 0]);
});
