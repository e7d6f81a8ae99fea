import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { KeyClient } from '../../../src/lib/keys/key-client.ts';
import { EncryptionState } from '../../../src/lib/vault/encryption/encryption-state.svelte.ts';
import { renewEntity } from '../../../src/lib/vault/encryption/entity-layers.ts';
import { nextGeneration } from '../../../src/lib/vault/encryption/next-generation.ts';
import { putBack, pushBackKeys } from '../../../src/lib/vault/encryption/put-back.ts';
import { resume } from '../../../src/lib/vault/encryption/resume.ts';
import { turnOn } from '../../../src/lib/vault/encryption/turn-on.ts';
import { DeskPort } from '../keys/desk-port.ts';
import { ANA, HOME } from '../keys/unlocked.ts';
import { uuid } from '../sync/changes.ts';
import { ENCRYPTION_PASSWORD as PASSWORD, KeyBackend, plainRow } from './key-backend.ts';

const rolledBack = { code: 'crypto/rolled-back' };

/** A server that was set back to before the key of health was rotated, and the device that rotated it. */
async function setBack() {
	const backend = new KeyBackend();
	backend.rows = [plainRow(1), plainRow(2)];
	const { vault, store } = backend.device();
	const state = new EncryptionState();
	const start = (onDeath: () => void) => Promise.resolve(new KeyClient(new DeskPort(), onDeath));
	const encryption = { vault, state, start };
	await turnOn(encryption, PASSWORD);
	vault.alone = (_, work) => work();
	await resume(encryption);
	const { server } = backend;
	const maps = [server.rosters, server.grants, server.bundles] as Map<string, unknown>[];
	const before = structuredClone({ maps, rows: backend.rows });
	await nextGeneration(encryption, HOME, 'health', 'rotate');
	await resume(encryption);
	const newest = server.rosters.get(HOME)?.length;
	before.maps.forEach((map, at) => map.forEach((value, key) => maps[at]?.set(key, value)));
	backend.rows = before.rows;
	const notice = async () => {
		const at = new Date().toISOString();
		await store.commit({
			entity: HOME,
			reports: [{ id: randomUUID(), entity: HOME, record: null, what: 'restored', at }]
		});
	};
	const rosters = () => server.rosters.get(HOME)?.length ?? 0;
	return { backend, encryption, state, newest, notice, rosters };
}

describe('a server with an earlier state of the keys', () => {
	test('that was restored gets them back once the person says so, and what the backup has is sealed anew', async () => {
		const { backend, encryption, state, newest, notice, rosters } = await setBack();
		await expect(renewEntity(encryption, HOME)).rejects.toMatchObject(rolledBack);
		expect([rosters(), state.behind.has(HOME)]).toEqual([2, true]);
		await notice();
		await pushBackKeys(encryption, HOME);
		expect([rosters(), state.behind.has(HOME), state.alarm]).toEqual([newest, false, null]);
		expect(backend.rows.map(({ generation }) => generation)).toEqual([2, 2]);
		const other = backend.device();
		await other.encryption.check();
		await other.encryption.unlock(PASSWORD);
		await other.vault.renewKeys(HOME);
		expect(other.encryption.domainLayer(HOME, 'health')).toMatchObject({ oldest: 2, current: 2 });
		const row = { id: uuid(1), rev: '1', generation: 2, sealed: backend.rows[0]?.sealed ?? '' };
		expect(await other.vault.keys?.open(HOME, 'health', [row])).toMatchObject([{ ok: true }]);
		expect(other.encryption.alarm).toBeNull();
	});

	test('but no other epoch was not restored: it is refused, gets nothing, and takes nothing away', async () => {
		const { encryption, state, rosters } = await setBack();
		await expect(pushBackKeys(encryption, HOME)).rejects.toMatchObject(rolledBack);
		await expect(renewEntity(encryption, HOME)).rejects.toMatchObject(rolledBack);
		expect(rosters()).toBe(2);
		expect(state.layers.get(`${HOME} health`)).toMatchObject({ oldest: 2, current: 2 });
	});

	test('would get them without a word of anybody, were that not asked for', async () => {
		const { backend, encryption, state, newest, rosters } = await setBack();
		const { client } = state;
		const alarm: unknown = await renewEntity(encryption, HOME).catch((error: unknown) => error);
		const served = backend.server.served(HOME, ANA);
		if (!client) throw new Error('it is locked');
		backend.rows = [];
		await putBack(encryption, client, served, alarm, { isConfirmed: () => Promise.resolve(true) });
		expect(rosters()).toBe(newest);
	});

	test('that has another chain than the beginning of ours is refused, whatever the person says', async () => {
		const { backend, encryption, notice, rosters } = await setBack();
		const [first, last] = backend.server.rosters.get(HOME) ?? [];
		if (!first || !last) throw new Error('the chain is too short');
		backend.server.rosters.set(HOME, [first, { ...last, bytes: first.bytes }]);
		await notice();
		await expect(pushBackKeys(encryption, HOME)).rejects.toMatchObject(rolledBack);
		expect(rosters()).toBe(2);
	});

	test('from before the keys of the account were replaced gets no bundle that its own keys do not open', async () => {
		const { backend, encryption, state, notice, rosters } = await setBack();
		const bundle = backend.server.bundles.get(ANA)?.version;
		await notice();
		state.version = 2;
		await expect(pushBackKeys(encryption, HOME), 'this device has no such keys either').rejects.toMatchObject(
			rolledBack
		);
		expect([rosters(), backend.server.bundles.get(ANA)?.version]).toEqual([2, bundle]);
	});
});
