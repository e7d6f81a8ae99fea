import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import { openRecordStore } from '../../../src/lib/device/open-record-store.ts';
import type { RecordBody } from '../../../src/lib/kinds/index.ts';
import type { Vault } from '../../../src/lib/vault/vault.svelte.ts';
import { ENTITY, row, uuid } from '../sync/changes.ts';
import { expense } from './expense.ts';
import { ToyBackend } from './toy-backend.ts';

let backend: ToyBackend;
let account = 9000;

beforeEach(() => {
	backend = new ToyBackend();
	account += 1;
});

/** A page of this device, newly loaded: what it knows it has from the disk. */
const page = (): Vault => backend.closedDevice(openRecordStore, uuid(account));
const notes = (vault: Vault) => vault.records('expense').map((record) => record.body.values.note);

test('what was opened once opens without the server, with its entities, and what waits goes out later', async () => {
	backend.plant(row(1));
	const first = page();
	await first.start();
	await first.open(ENTITY);
	backend.before = () => 'lost';
	await first.save(null, 'finances', expense('bread'));
	first.belongTo(null);

	const again = page();
	await again.start();
	expect(again.entities.map(({ name }) => name)).toEqual(['Ana']);
	await again.open(ENTITY);
	expect(notes(again)).toEqual(['note 1', 'bread']);
	expect(again.sync.waiting).toBe(1);
	backend.before = () => null;
	await again.sync.sync();
	expect([again.sync.waiting, backend.rows.size]).toEqual([0, 2]);
});

test('an entity that was never opened here needs the server, and says so', async () => {
	const here = page();
	await here.start();
	backend.before = () => 'lost';
	await expect(here.open(ENTITY)).rejects.toMatchObject({ code: 'sync/unreachable' });
	expect(here.ready).toBe(false);
	backend.before = () => null;
	await here.open(ENTITY);
	expect(here.ready).toBe(true);
});

test('a record of a newer version than this app knows keeps all of it when an older app saves it', async () => {
	const newer: RecordBody = { ...expense('x'), version: 7, values: { payee: 'Kiosk', mood: { a: 1 } }, extra: ['b'] };
	backend.plant(row(1, { plain: newer }));
	const here = page();
	await here.start();
	await here.open(ENTITY);
	const body = here.record(uuid(1))?.body as RecordBody;
	await here.save(uuid(1), 'finances', { ...body, values: { ...body.values, payee: 'Bakery' } }, body);
	await here.sync.sync();
	expect(backend.rows.get(uuid(1))?.plain).toMatchObject({
		...{ version: 7, values: { payee: 'Bakery', mood: { a: 1 } }, extra: ['b'] }
	});
});

test('after a restore of the server what this device has newer is held until the person says what becomes of it', async () => {
	backend.plant(row(1));
	const here = page();
	await here.start();
	await here.open(ENTITY);
	await here.save(uuid(1), 'finances', expense('newest'));
	await here.sync.sync();
	backend.plant(row(1));
	backend.epoch = uuid(77);
	await here.sync.sync();
	expect([notes(here), here.sync.held.length]).toEqual([['newest'], 1]);
	expect(here.sync.reports.map(({ what }) => what)).toContain('restored');
	await here.sync.answerRestore(true);
	expect([backend.rows.get(uuid(1))?.plain?.values.note, here.sync.held]).toEqual(['newest', []]);
});

test('what waits in an entity that is not open is counted and sent, whichever page comes first', async () => {
	const other = uuid(501);
	backend.entities = [...backend.entities, ...backend.entities.map((entity) => ({ ...entity, id: other }))];
	const first = page();
	await first.start();
	await first.open(ENTITY);
	backend.before = () => 'lost';
	await first.save(null, 'finances', expense('bread'));
	first.belongTo(null);
	const again = page();
	await again.start();
	expect(again.sync.waiting).toBe(1);
	backend.before = () => null;
	await again.open(other);
	await again.sync.sync();
	expect([again.sync.waiting, backend.rows.size]).toEqual([0, 1]);
	expect(again.sync.lastSynced).toBeInstanceOf(Date);
});
