import { afterEach, beforeEach, expect, test } from 'vitest';
import { findDuplicates } from '../../../src/lib/import/find-duplicates.ts';
import { Vault } from '../../../src/lib/vault/vault.svelte.ts';
import { runImport } from '../../../src/routes/(vault)/[entity=uuid]/import/run-import.ts';
import { ENTITY, row, uuid } from '../sync/changes.ts';
import { problem } from '../sync/fake-server.ts';
import type { Sent } from '../sync/fake-server.ts';
import { ToyBackend } from '../vault/toy-backend.ts';
import { account, movement } from './movements.ts';

const OTHER = uuid(501);
let backend: ToyBackend;
let vault: Vault;

beforeEach(async () => {
	backend = new ToyBackend();
	backend.entities = [...backend.entities, ...backend.entities.map((entity) => ({ ...entity, id: OTHER }))];
	const plain = { kind: 'account', version: 1, values: { name: 'Bank' }, meta: { at: '2024-01-01T00:00:00Z' } };
	backend.plant(row(1, { id: account, plain }));
	vault = new Vault(backend.device().client);
	vault.belongTo(uuid(900));
	await vault.list();
	await vault.open(ENTITY);
});
afterEach(() => vault.belongTo(null));

const isPush = (sent: Sent) => sent.path.endsWith('/push');
const entityOf = (sent: Sent) => (JSON.parse(sent.text) as { entity: string }).entity;

function importAll(count: number, onProgress: (done: number) => void = () => undefined) {
	const movements = Array.from({ length: count }, (_, index) => movement({ line: index + 2, minor: -100 - index }));
	const picked = findDuplicates(movements, account, []);
	const { signal } = new AbortController();
	const order = { entity: ENTITY, format: 'csv' as const, name: 'jan.csv', picked };
	return runImport(vault, order, { onProgress, signal });
}

test('all of it is imported, lot by lot', async () => {
	const done: number[] = [];
	const result = await importAll(600, (count) => done.push(count));
	expect(result).toMatchObject({ entity: ENTITY, imported: 600, unsent: 0, left: 0, refused: [], trouble: null });
	expect(done).toEqual([250, 500, 600]);
	expect(vault.records('expense')).toHaveLength(600);
});

test('nothing goes into another entity that is opened meanwhile, and the count says what was taken', async () => {
	const written: string[] = [];
	let opening: Promise<void> | undefined;
	backend.before = (sent) => {
		if (isPush(sent)) {
			written.push(entityOf(sent));
			// In the middle of a lot: this one was begun and goes where it was meant to go.
			opening ??= vault.open(OTHER);
		}
		return null;
	};
	const result = await importAll(600);
	await opening;
	expect(new Set(written)).toEqual(new Set([ENTITY]));
	expect(result).toMatchObject({ imported: 250, left: 350, trouble: 'vault/closed' });
	expect([...backend.rows.values()].filter(({ plain }) => plain?.kind === 'expense')).toHaveLength(250);
});

test('signing out meanwhile stops it as well', async () => {
	const result = await importAll(600, (done) => {
		if (done === 500) vault.belongTo(null);
	});
	expect(result).toMatchObject({ imported: 500, left: 100, trouble: 'vault/closed' });
});

test('whatever goes wrong on the way, the result says what was taken and what is left', async () => {
	const result = await importAll(600, () => {
		throw new Error('a screen that broke');
	});
	expect(result).toMatchObject({ imported: 250, left: 350, trouble: 'import/unexpected' });
});

test('records that are refused are named by their lines, and do not stop the others', async () => {
	let pushes = 0;
	backend.before = (sent) => (isPush(sent) && (pushes += 1) === 2 ? problem(403, 'records/denied') : null);
	const result = await importAll(600);
	expect(result.imported).toBe(350);
	expect(result.refused).toHaveLength(250);
	expect(result.refused[0]).toEqual({ line: 252, reason: 'denied' });
});
