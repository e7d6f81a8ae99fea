import { beforeEach, expect, test } from 'vitest';
import { createEntity } from '../../../src/lib/vault/create-entity.ts';
import { openEntity } from '../../../src/lib/vault/open-entity.ts';
import { refreshVault } from '../../../src/lib/vault/refresh-vault.ts';
import { saveRecord } from '../../../src/lib/vault/save-record.ts';
import type { VaultState } from '../../../src/lib/vault/vault-state.svelte.ts';
import { ENTITY, row, uuid } from '../sync/changes.ts';
import { expense } from './expense.ts';
import { ToyBackend } from './toy-backend.ts';

let backend: ToyBackend;
let here: VaultState;

beforeEach(() => {
	backend = new ToyBackend();
	here = backend.device();
});

const notes = () => here.records.list('expense').map((record) => record.body.values.note);

test('opening pulls every page and only then is ready', async () => {
	for (let number = 1; number <= 2300; number++) backend.plant(row(number));
	const opening = openEntity(here, ENTITY);
	expect([here.entity, here.ready]).toEqual([ENTITY, false]);
	await opening;
	expect([here.ready, here.records.size, here.received]).toEqual([true, 2300, 2300]);
});

test('opening again takes only what is new, in place of what it replaces', async () => {
	backend.plant(row(1));
	backend.plant(row(2));
	await openEntity(here, ENTITY);
	backend.plant(row(1, { rev: '2', plain: expense('changed') }));
	await openEntity(here, ENTITY);
	expect(notes()).toEqual(['changed', 'note 2']);
	expect(here.received).toBe(3);
});

test('what was saved here is not pulled again', async () => {
	await openEntity(here, ENTITY);
	await saveRecord(here, { id: null, domain: 'finances', body: expense('bread') });
	await openEntity(here, ENTITY);
	expect([notes(), here.received]).toEqual([['bread'], 0]);
});

test('damaged records are counted and the rest is fine', async () => {
	backend.plant(row(1));
	backend.plant(row(2, { plain: undefined, damaged: true }));
	backend.plant(row(3, { plain: { kind: 'expense', version: 1, values: {}, meta: {} } }));
	await openEntity(here, ENTITY);
	expect(notes()).toEqual(['note 1']);
	expect(here.records.damaged.map((record) => record.id)).toEqual([uuid(2), uuid(3)]);
});

test('a row that claims another state is shown by its body, and marked', async () => {
	backend.plant(row(1, { state: 'bin' }));
	backend.plant(row(2, { state: 'live', plain: expense('gone', { deleted: true }) }));
	await openEntity(here, ENTITY);
	expect(notes()).toEqual(['note 1']);
	expect(here.records.differing.map((record) => record.id)).toEqual([uuid(1), uuid(2)]);
});

test('a record whose row is emptied without a word of its author keeps what this device knew', async () => {
	backend.plant(row(1));
	await openEntity(here, ENTITY);
	backend.plant(row(1, { rev: '2', state: 'purged', plain: undefined }));
	await openEntity(here, ENTITY);
	expect(notes()).toEqual(['note 1']);
	expect(here.records.get(uuid(1))).toMatchObject({ withheld: true, rev: '2' });
});

test('times shown come from the body, not from the row', async () => {
	backend.plant(row(1, { updatedAt: '1999-01-01T00:00:00Z' }));
	await openEntity(here, ENTITY);
	expect(here.records.get(uuid(1))?.updatedAt).toBe('2026-01-01T00:00:00.000Z');
});

test('kinds nobody here knows are kept', async () => {
	backend.plant(
		row(1, { plain: { kind: 'spaceship', version: 3, values: { a: 1 }, meta: { at: '2026-01-01T00:00:00Z' } } })
	);
	await openEntity(here, ENTITY);
	expect(here.records.get(uuid(1))?.body.values).toEqual({ a: 1 });
});

test('after a restore from backup everything is pulled from the start', async () => {
	for (let number = 1; number <= 3; number++) backend.plant(row(number));
	await openEntity(here, ENTITY);
	backend.epoch = uuid(77);
	backend.rows.delete(uuid(3));
	await openEntity(here, ENTITY);
	expect(notes()).toEqual(['note 1', 'note 2']);
	expect(here.epoch).toBe(uuid(77));
});

test('a domain that is taken away is forgotten, one that is given starts from its beginning', async () => {
	backend.plant(row(1));
	await openEntity(here, ENTITY);
	backend.entities = backend.entities.map((entity) => ({ ...entity, domains: [] }));
	await refreshVault(here);
	expect(notes()).toEqual([]);
	backend.entities = backend.entities.map((entity) => ({ ...entity, domains: ['finances'] }));
	await refreshVault(here);
	expect(notes()).toEqual(['note 1']);
});

test('an entity that is no longer the person\u2019s is closed at the next look', async () => {
	backend.plant(row(1));
	await openEntity(here, ENTITY);
	backend.entities = [];
	await refreshVault(here);
	expect([here.entity, here.records.size]).toEqual([null, 0]);
});

test('a look without a network is quiet and keeps what is there', async () => {
	backend.plant(row(1));
	await openEntity(here, ENTITY);
	backend.before = () => 'lost';
	await refreshVault(here);
	expect([here.reached, notes()]).toEqual([false, ['note 1']]);
	backend.before = () => null;
	await refreshVault(here);
	expect(here.reached).toBe(true);
});

test('what arrives for an entity that was left is not taken in', async () => {
	backend.plant(row(1));
	const opening = openEntity(here, ENTITY);
	here.close();
	await expect(opening).rejects.toThrow();
	expect([here.entity, here.records.size]).toEqual([null, 0]);
});

test('an entity whose making got no answer is found in the list and not made twice', async () => {
	backend.after = (sent) => (sent.method === 'POST' ? 'lost' : null);
	const made = await createEntity(here, { kind: 'pet', name: ' Luna ' });
	expect(made).toMatchObject({ kind: 'pet' });
	expect(backend.entities.length).toBe(2);
});

test('nothing stays when the person signs out', async () => {
	backend.plant(row(1));
	await openEntity(here, ENTITY);
	here.clear();
	expect([here.entity, here.records.size, here.entities, here.listed, here.cursor]).toEqual([null, 0, [], false, {}]);
});
