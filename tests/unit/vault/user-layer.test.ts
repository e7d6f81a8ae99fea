import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Plain, Record as RecordRow } from '../../../src/lib/api/record.ts';
import { MemoryStore } from '../../../src/lib/device/memory-store.ts';
import type { RecordStore } from '../../../src/lib/device/record-store.ts';
import { readEarlierVersions } from '../../../src/lib/vault/earlier-versions.ts';
import { openEntity } from '../../../src/lib/vault/open-entity.ts';
import { readEnvelope } from '../../../src/lib/vault/read-envelope.ts';
import { saveRecord } from '../../../src/lib/vault/save-record.ts';
import { syncVault } from '../../../src/lib/vault/sync-vault.ts';
import { VaultState } from '../../../src/lib/vault/vault-state.svelte.ts';
import { body } from '../sync/bodies.ts';
import { ENTITY, uuid } from '../sync/changes.ts';
import { fakeServer } from '../sync/fake-server.ts';
import type { Sent } from '../sync/fake-server.ts';
import { DOMAIN, Layered } from '../sync/layered.ts';
import { ACCOUNT } from '../sync/open-replica.ts';

const id = uuid(1);
let stage: Layered;
let history: RecordRow[] = [];

beforeEach(() => {
	stage = new Layered();
	history = [];
});

/** A kind that no domain of this version claims, so that any may hold it. */
const some = (note: string): Plain => ({ ...body({ note }), kind: 'spaceship' });
const noted = (record: { body: { values: { [field: string]: unknown } | object } } | undefined) => record?.body.values;

/** What the vault's verbs work on, with the entity in its list. */
function aVault(role: 'owner' | 'member' = 'owner'): VaultState {
	const answer = (sent: Sent) => ({ records: sent.path.endsWith('/history') ? history : [] });
	const other = fakeServer(answer).client;
	const state = new VaultState({
		call: (name, input) => (name === 'readHistory' ? other : stage.server.client).call(name, input)
	});
	state.owner = ACCOUNT;
	state.listedAt = Infinity;
	state.keepWith(Promise.resolve(new MemoryStore()));
	const entity = { id: ENTITY, kind: 'person', name: 'Ana', values: {}, role, domains: ['finances', DOMAIN] } as const;
	state.entities = [
		{ ...entity, domains: [...entity.domains], epoch: stage.server.epoch, restoredFrom: null, rev: '1' }
	];
	return state;
}

async function unlocked(role?: 'owner' | 'member'): Promise<VaultState> {
	const state = aVault(role);
	await state.useKeys(stage.keys());
	await openEntity(state, ENTITY);
	return state;
}

describe('an unlocked vault', () => {
	test('opens records of a domain with a user layer, with the facts of how they are sealed', async () => {
		await stage.write(id, some('secret'));
		const state = await unlocked();
		const record = state.records.peek(id);
		expect(noted(record)).toEqual({ note: 'secret' });
		expect(record?.userLayer).toEqual({ generation: 1, author: ACCOUNT });
	});

	test('shows the envelope that the server has, as long as it is of the revision shown', async () => {
		const row = await stage.write(id, some('secret'));
		stage.server.write({ id: uuid(2), plain: some('plain') });
		const state = await unlocked();
		expect(await readEnvelope(state, id)).toEqual({ rev: '1', generation: 1, sealed: row.sealed });
		expect(await readEnvelope(state, uuid(2)), 'where there is no user layer').toBeNull();
		await stage.write(id, some('newer'));
		expect(await readEnvelope(state, id)).toBeNull();
	});

	test('opens earlier versions too, told by who signed them; one in the clear shows nothing', async () => {
		history = [{ ...(await stage.write(id, some('first'))), author: null }];
		history.push({ ...(history[0] as RecordRow), rev: '0', sealed: undefined, plain: some('forged') });
		await stage.write(id, some('second'));
		const versions = await readEarlierVersions(await unlocked(), id);
		expect(versions).toMatchObject([
			{ rev: '1', author: ACCOUNT, body: { values: { note: 'first' } } },
			{ rev: '0', body: null }
		]);
	});

	test('marks what it could not take as damaged, with the reason, and does not let it be saved over', async () => {
		const row = await stage.write(id, some('secret'));
		stage.server.rows.set(id, { ...row, sealed: undefined, plain: some('forged') });
		const state = await unlocked();
		expect(state.records.peek(id)).toMatchObject({ damaged: true, unread: 'plain-refused', body: { values: {} } });
		const saved = await saveRecord(state, { id, domain: DOMAIN, body: { ...some('x'), meta: { at: '' } } });
		expect(saved).toEqual({ status: 'refused', reason: 'damaged' });
	});

	test('sends the health of its owner’s own entity sealed or not at all', async () => {
		stage = new Layered(null);
		const typed = { id: null, domain: DOMAIN, body: { ...some('secret'), meta: { at: '' } } } as const;
		const state = await unlocked();
		await saveRecord(state, typed);
		await syncVault(state);
		expect([stage.server.pushes, state.sync.waiting]).toEqual([[], 1]);
		const guest = await unlocked('member');
		expect(await saveRecord(guest, typed)).toMatchObject({ status: 'saved' });
		await syncVault(guest);
		expect(stage.server.pushes, 'in the entity of somebody who has no user encryption').toHaveLength(1);
	});
});

test('health of one’s own is kept on the device and sent by nobody until it is known whether there are keys', async () => {
	stage = new Layered(null);
	const state = aVault();
	let unsure = true;
	state.unsure = () => unsure;
	await openEntity(state, ENTITY);
	const typed = { id: null, domain: DOMAIN, body: { ...some('secret'), meta: { at: '' } } } as const;
	expect(await saveRecord(state, typed)).toMatchObject({ status: 'saved' });
	await syncVault(state);
	expect([stage.server.pushes, (await (await state.store)?.outline())?.length]).toEqual([[], 1]);
	state.checkKeys = () => Promise.resolve(void (unsure = false));
	await syncVault(state);
	expect(stage.server.pushes, 'once the server has said that there are none').toHaveLength(1);
});

test('an entity whose key is missing keeps nobody else’s changes from leaving, and the pass says why', async () => {
	const state = await unlocked();
	state.close();
	const store = await state.store;
	await store?.commit({ entity: ENTITY, put: [waiting()] });
	await store?.commit({
		entity: uuid(98),
		put: [{ ...waiting(), entity: uuid(98), domain: 'finances', change: uuid(71), id: uuid(8) }]
	});
	state.sync.countElsewhere(2);
	const ready: string[] = [];
	state.readyKeys = (entity) => Promise.resolve(void ready.push(entity));
	Object.assign(state.keys ?? {}, { holds: () => false });
	await expect(syncVault(state)).rejects.toMatchObject({ code: 'crypto/no-key' });
	expect(stage.server.pushes, 'of the other entity').toMatchObject([[{ id: uuid(8) }]]);
	expect([ready, (await store?.outline())?.length]).toEqual([[ENTITY, uuid(98)], 1]);
});

describe('a locked vault', () => {
	test('opens nothing and sends nothing, and does both once it is unlocked', async () => {
		await stage.write(id, some('secret'));
		const state = aVault();
		state.locked = true;
		await expect(openEntity(state, ENTITY)).rejects.toMatchObject({ code: 'vault/locked' });
		const store = await state.store;
		await store?.commit({ entity: ENTITY, put: [waiting()] });
		state.sync.countElsewhere(1);
		await syncVault(state);
		expect(stage.server.pushes).toEqual([]);
		state.locked = false;
		await state.useKeys(stage.keys());
		await syncVault(state);
		expect(stage.server.pushes).toMatchObject([[{ domain: DOMAIN, generation: 1 }]]);
		await openEntity(state, ENTITY);
		expect(state.records.size).toBe(2);
	});

	test('has nothing of what was open in memory, and a pass that was under way writes nothing down', async () => {
		await stage.write(id, some('secret'));
		const state = await unlocked();
		const store = (await state.store) as MemoryStore;
		const sealWith = vi.spyOn(store as RecordStore, 'sealWith');
		const keys = state.keys;
		await stage.write(id, some('newer'));
		stage.server.lie = (page) => {
			state.locked = true;
			Object.assign(keys ?? {}, { locked: true });
			void state.useKeys(null);
			return page;
		};
		await expect(syncVault(state)).rejects.toThrow();
		expect([state.entity, state.replica, state.keys, state.records.all()]).toEqual([null, null, null, []]);
		expect(sealWith.mock.calls, 'the device is told to write nothing of records').toEqual([['locked']]);
		const rows: RecordRow[] = [];
		await store.read(ENTITY, 0, (page) => void rows.push(...page));
		expect(rows).toMatchObject([{ rev: '1' }]);
	});
});

function waiting() {
	const change = { change: uuid(70), entity: ENTITY, id: uuid(7), domain: DOMAIN, base: '0', tried: false } as const;
	return { ...change, state: 'waiting', plain: some('typed'), before: null } as const;
}
