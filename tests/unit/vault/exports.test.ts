import { beforeEach, expect, test } from 'vitest';
import { MemoryStore } from '../../../src/lib/device/memory-store.ts';
import { readEntity } from '../../../src/lib/vault/exports/read-entity.ts';
import { VaultState } from '../../../src/lib/vault/vault-state.svelte.ts';
import type { Vault } from '../../../src/lib/vault/vault.svelte.ts';
import { ENTITY, row, uuid } from '../sync/changes.ts';
import { fakeServer, problem } from '../sync/fake-server.ts';
import { expense } from './expense.ts';
import { ME, ToyBackend } from './toy-backend.ts';

let backend: ToyBackend;
let noted: unknown[];

beforeEach(() => {
	backend = new ToyBackend();
	noted = [];
	backend.plant(row(1, { plain: expense('one') }));
	backend.before = takeNotes(() => new Response(null, { status: 204 }));
});

/** Puts down what the server is told, and answers so. */
function takeNotes(answer: (note: { domain: string }) => Response): ToyBackend['before'] {
	return ({ path, text }) => {
		if (path !== '/api/exports') return null;
		const note = JSON.parse(text) as { domain: string };
		noted.push(note);
		return answer(note);
	};
}

const never = new AbortController().signal;
const namesOf = async (vault: Vault) => {
	const [entity] = vault.entities;
	if (!entity) throw new Error('there is no entity');
	const records = await vault.exports.read(entity, () => undefined, never);
	return records.map(({ body }) => body.values.note).sort();
};

test('records are read of an entity that is open, and of one that is not, which stays so', async () => {
	expect(await namesOf(await backend.device())).toEqual(['one']);
	const closed = backend.closedDevice(() => Promise.resolve(new MemoryStore()));
	await closed.start();
	expect(await namesOf(closed)).toEqual(['one']);
	expect([closed.entity, closed.size]).toEqual([null, 0]);
});

test('of an entity that this device has, they are read without a network; what the server has besides comes where it is reached', async () => {
	const store = new MemoryStore();
	await backend.device(store);
	const later = backend.closedDevice(() => Promise.resolve(store));
	await later.start();
	backend.plant(row(2, { plain: expense('two') }));
	const reached = backend.before;
	backend.before = () => 'lost';
	expect(await namesOf(later)).toEqual(['one']);
	backend.before = reached;
	expect(await namesOf(later)).toEqual(['one', 'two']);
});

test('an entity that was never on this device is not made up where the server is not reached', async () => {
	const vault = backend.closedDevice(() => Promise.resolve(new MemoryStore()));
	await vault.start();
	backend.before = () => 'lost';
	await expect(namesOf(vault)).rejects.toMatchObject({ code: 'sync/unreachable' });
});

test('a vault that is locked gives nothing out, though the device keeps all of it', async () => {
	const { client } = fakeServer(() => 'lost');
	const state = new VaultState(client);
	state.owner = ME;
	state.keepWith(Promise.resolve(new MemoryStore()));
	state.locked = true;
	const [entity] = backend.entities;
	const reading = entity && readEntity(state, entity, () => undefined, never);
	await expect(reading).rejects.toMatchObject({ code: 'vault/locked' });
});

test('nor does one that nobody is signed in to', async () => {
	const vault = await backend.device();
	const [entity] = vault.entities;
	vault.belongTo(null);
	await expect(entity && vault.exports.read(entity, () => undefined, never)).rejects.toMatchObject({
		code: 'vault/closed'
	});
});

test('what was taken out is told to the server, once, as soon as it is reached', async () => {
	const vault = await backend.device();
	const reached = backend.before;
	backend.before = () => 'lost';
	await vault.exports.note(ENTITY, 'finances');
	await vault.exports.note(ENTITY, 'health');
	expect(noted).toEqual([]);
	backend.before = reached;
	await vault.sync.sync();
	await vault.sync.sync();
	expect(noted).toEqual([
		{ entity: ENTITY, domain: 'finances' },
		{ entity: ENTITY, domain: 'health' }
	]);
});

test('a note that the server refuses holds up no other', async () => {
	const vault = await backend.device();
	backend.before = takeNotes(({ domain }) =>
		domain === 'finances' ? problem(403, 'access/denied') : new Response(null, { status: 204 })
	);
	await vault.exports.note(ENTITY, 'finances');
	await vault.exports.note(uuid(5), 'health');
	expect(noted).toHaveLength(2);
	await vault.sync.sync();
	expect(noted).toHaveLength(2);
});
