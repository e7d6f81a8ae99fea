import { afterEach, beforeEach, expect, test } from 'vitest';
import { DeviceError } from '../../../src/lib/device/device-error.ts';
import { MemoryStore } from '../../../src/lib/device/memory-store.ts';
import { findDuplicates } from '../../../src/lib/import/find-duplicates.ts';
import type { Vault } from '../../../src/lib/vault/vault.svelte.ts';
import { runImport } from '../../../src/routes/(vault)/[entity=uuid]/import/run-import.ts';
import { ENTITY, row, uuid } from '../sync/changes.ts';
import { ToyBackend } from '../vault/toy-backend.ts';
import { account, movement } from './movements.ts';

const OTHER = uuid(501);
let backend: ToyBackend;
let vault: Vault;
let store: MemoryStore;

beforeEach(async () => {
	backend = new ToyBackend();
	backend.entities = [...backend.entities, ...backend.entities.map((entity) => ({ ...entity, id: OTHER }))];
	const plain = { kind: 'account', version: 1, values: { name: 'Bank' }, meta: { at: '2024-01-01T00:00:00Z' } };
	backend.plant(row(1, { id: account, plain }));
	store = new MemoryStore();
	vault = await backend.device(store);
});
afterEach(() => vault.belongTo(null));

const written = () => [...backend.rows.values()].filter(({ plain }) => plain?.kind === 'expense').length;

function importAll(count: number, onProgress: (done: number) => unknown = () => undefined) {
	const movements = Array.from({ length: count }, (_, index) => movement({ line: index + 2, minor: -100 - index }));
	const picked = findDuplicates(movements, account, []);
	const { signal } = new AbortController();
	const order = { entity: ENTITY, format: 'csv' as const, name: 'jan.csv', picked };
	return runImport(vault, order, { onProgress, signal });
}

test('all of it is imported on this device, lot by lot, and then sent', async () => {
	backend.before = () => 'lost';
	const done: number[] = [];
	const result = await importAll(1200, (count) => done.push(count));
	expect(result).toMatchObject({ entity: ENTITY, imported: 1200, left: 0, refused: [], trouble: null });
	expect(done).toEqual([500, 1000, 1200]);
	expect([vault.records('expense').length, vault.sync.waiting]).toEqual([1200, 1200]);
	backend.before = () => null;
	await vault.sync.sync();
	expect([vault.sync.waiting, written()]).toEqual([0, 1200]);
});

test('nothing goes into another entity that is opened meanwhile, and the count says what was taken', async () => {
	let opening: Promise<void> | undefined;
	const result = await importAll(1200, () => (opening ??= vault.open(OTHER)));
	await opening;
	expect(result).toMatchObject({ imported: 500, left: 700, trouble: 'vault/closed' });
	const into = new Set<string>();
	backend.before = (sent) => {
		if (sent.path.endsWith('/push')) into.add((JSON.parse(sent.text) as { entity: string }).entity);
		return null;
	};
	await vault.sync.sync();
	expect([[...into].filter((entity) => entity !== ENTITY), written()]).toEqual([[], 500]);
});

test('signing out meanwhile stops it as well', async () => {
	const result = await importAll(1200, (done) => {
		if (done === 1000) vault.belongTo(null);
	});
	expect(result).toMatchObject({ imported: 1000, left: 200, trouble: 'vault/closed' });
});

test('whatever goes wrong on the way, the result says what was taken and what is left', async () => {
	const result = await importAll(600, () => {
		throw new Error('a screen that broke');
	});
	expect(result).toMatchObject({ imported: 500, left: 100, trouble: 'import/unexpected' });
});

test('records the device has no room for are named by their lines', async () => {
	const commit = store.commit.bind(store);
	let writes = 0;
	store.commit = (update) => (++writes === 2 ? Promise.reject(new DeviceError('device/full')) : commit(update));
	backend.before = () => 'lost';
	const result = await importAll(1200);
	expect([result.imported, result.refused.length]).toEqual([700, 500]);
	expect(result.refused[0]).toEqual({ line: 502, reason: 'device-full' });
});
