import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import type { Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Change } from '../../src/lib/api/record.ts';
import { MemoryStore } from '../../src/lib/device/memory-store.ts';
import { KeyClient } from '../../src/lib/keys/key-client.ts';
import { createApiClient } from '../../src/lib/sync/api-client.ts';
import { VaultEncryption } from '../../src/lib/vault/encryption.svelte.ts';
import { VaultState } from '../../src/lib/vault/vault-state.svelte.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { DeskPort } from '../unit/keys/desk-port.ts';
import { Client } from './client.ts';
import type { Account } from './client.ts';
import { testDatabase } from './test-database.ts';

const PASSWORD = 'Sail-lantern 41 orchard velvet';
const NEXT = 'Copper-window 19 thistle marble';

let server: TestServer;
let client: Client;
let sql: Sql;

beforeAll(async () => {
	const databaseUrl = await testDatabase();
	server = await startServer({ databaseUrl, env: raisedLimits });
	sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
	client = await Client.of(server.url);
});
afterAll(async () => {
	await sql.end();
	await server.stop();
});

/** Somebody's device, on which the key worker runs in this process. */
function deviceOf(account: Account, store = new MemoryStore()) {
	let { token } = account;
	const api = createApiClient({
		accessToken: () => Promise.resolve(token),
		fetch: (path, init) => fetch(`${server.url}${path as string}`, { ...init, credentials: 'same-origin' })
	});
	const vault = new VaultState(api);
	vault.owner = account.id;
	vault.keepWith(Promise.resolve(store));
	const signInAgain = async () => {
		const answer = await client.signIn(account.email, account.password);
		token = ((await answer.json()) as { access_token: string }).access_token;
	};
	const start = (onDeath: () => void) => Promise.resolve(new KeyClient(new DeskPort(), onDeath));
	return { vault, store, encryption: new VaultEncryption(vault, { start, signInAgain }) };
}

const symptom = (what: string) => ({
	kind: 'symptom',
	version: 1,
	values: { what },
	meta: { at: new Date().toISOString() }
});

/** A person with an entity that has bodies of health as they were before user encryption. */
async function withHealth(count: number): Promise<{ ana: Account; entity: string }> {
	const ana = await client.signUp();
	const entity = await client.createEntity(ana);
	const changes: Change[] = Array.from({ length: count }, (_, n) => ({
		...{ change: randomUUID(), id: randomUUID(), domain: 'health', base: '0', plain: symptom(`cough ${n}`) }
	}));
	const { results } = await client.push(ana, entity, changes);
	expect(results.every(({ status }) => status === 'accepted')).toBe(true);
	return { ana, entity };
}

type Device = ReturnType<typeof deviceOf>;

/** What every body of health says, opened on a device. */
async function readHealth({ vault }: Device, entity: string): Promise<unknown[]> {
	const body = { entity, after: { health: '0' } };
	const { records } = await vault.client.call('pullRecords', { body });
	const rows = records.map(({ id, rev, generation = 0, sealed = '' }) => ({ id, rev, generation, sealed }));
	const opened = (await vault.keys?.open(entity, 'health', rows)) ?? [];
	return opened.map((one) => (one.ok ? one.plain.values['what'] : one.why)).sort();
}

describe('user encryption at a real server', () => {
	test('is turned on: what was there is sealed, another device opens it with the password or the code', async () => {
		const { ana, entity } = await withHealth(130);
		const device = deviceOf(ana);
		await device.encryption.check();
		expect(device.encryption.state).toBe('off');
		const { recoveryCode } = await device.encryption.turnOn(PASSWORD);
		await device.encryption.resume();
		expect(device.encryption.domainLayer(entity, 'health')).toMatchObject({ oldest: 1, current: 1 });
		for (const by of ['password', 'code']) {
			const other = deviceOf(ana);
			await other.encryption.check();
			expect(other.encryption.state).toBe('locked');
			await (by === 'code' ? other.encryption.unlockWithRecoveryCode(recoveryCode) : other.encryption.unlock(PASSWORD));
			await other.vault.readyKeys(entity);
			const read = await readHealth(other, entity);
			expect(read).toHaveLength(130);
			expect(read).toContain('cough 129');
		}
	});

	test('refuses what is plain or of an older generation from then on, and takes what the keys sealed', async () => {
		const { ana, entity } = await withHealth(1);
		const device = deviceOf(ana);
		await device.encryption.turnOn(PASSWORD);
		await device.encryption.resume();
		const id = randomUUID();
		const change = { change: randomUUID(), id, domain: 'health', base: '0' } as const;
		const [plain] = (await client.push(ana, entity, [{ ...change, plain: symptom('plain') }])).results;
		expect(plain).toMatchObject({ status: 'stale-generation' });
		const [sealed] =
			(await device.vault.keys?.seal(entity, 'health', [{ id, rev: '1', plain: symptom('sealed') }])) ?? [];
		const [taken] = (await client.push(ana, entity, [{ ...change, change: randomUUID(), ...sealed }])).results;
		expect(taken).toMatchObject({ status: 'accepted' });
		expect(await readHealth(device, entity)).toEqual(['cough 0', 'sealed']);
	});

	test('is rotated, switched on for finances, and changed to another password', async () => {
		const { ana, entity } = await withHealth(3);
		const device = deviceOf(ana);
		const { encryption } = device;
		await encryption.turnOn(PASSWORD);
		await encryption.resume();
		await encryption.rotate(entity, 'health');
		await encryption.switchOn(entity, 'finances');
		await encryption.resume();
		expect(encryption.domainLayer(entity, 'health')).toMatchObject({ oldest: 2, current: 2 });
		expect(encryption.domainLayer(entity, 'finances')).toMatchObject({ oldest: 1, current: 1 });
		await encryption.change(NEXT, ana.password);
		await encryption.resume();
		expect(encryption.domainLayer(entity, 'health')).toMatchObject({ oldest: 3, current: 3 });
		const other = deviceOf(ana);
		await other.encryption.check();
		await expect(other.encryption.unlock(PASSWORD)).rejects.toMatchObject({ code: 'crypto/cannot-open' });
		await other.encryption.unlock(NEXT);
		await other.vault.readyKeys(entity);
		expect(await readHealth(other, entity)).toEqual(['cough 0', 'cough 1', 'cough 2']);
		expect(other.encryption.members(entity)).toMatchObject([{ id: ana.id, role: 'owner' }]);
	});

	test('gives an entity that is made later its own keys', async () => {
		const { ana } = await withHealth(1);
		const device = deviceOf(ana);
		await device.encryption.turnOn(PASSWORD);
		const later = await client.createEntity(ana, 'Later');
		const { entities } = await device.vault.client.call('listEntities');
		device.vault.entities = entities;
		await device.vault.readyKeys(later);
		expect(device.encryption.domainLayer(later, 'health')).toMatchObject({ oldest: 0, current: 1 });
		await device.encryption.resume();
		expect(device.encryption.domainLayer(later, 'health')).toMatchObject({ oldest: 1, current: 1 });
	});

	test('keeps the recovery code in step: renewed, the old one opens nothing; a reset is asked for and called off', async () => {
		const { ana } = await withHealth(1);
		const { encryption } = deviceOf(ana);
		const { recoveryCode: old } = await encryption.turnOn(PASSWORD);
		const { recoveryCode } = await encryption.renewRecoveryCode(ana.password);
		await encryption.lock();
		await expect(encryption.unlockWithRecoveryCode(old)).rejects.toMatchObject({ code: 'crypto/cannot-open' });
		await encryption.unlockWithRecoveryCode(recoveryCode);
		expect(await encryption.countUnreadable()).toBe(0);
		await encryption.askReset();
		await expect(encryption.finishReset(NEXT, ana.password)).rejects.toMatchObject({ code: 'keys/not-due' });
		await encryption.cancelReset();
		expect(encryption.reset).toBeNull();
		await encryption.eraseKept();
		expect(encryption.version).toBe(2);
	});

	test('is begun anew by a reset that is due: what was sealed before is counted, and stays unreadable', async () => {
		const { ana, entity } = await withHealth(2);
		const device = deviceOf(ana);
		await device.encryption.turnOn(PASSWORD);
		await device.encryption.resume();
		const lost = deviceOf(ana, device.store);
		await lost.encryption.check();
		expect(await lost.encryption.countUnreadable()).toBe(2);
		await lost.encryption.askReset();
		await sql`update key_resets set asked_at = now() - interval '24 hours', due_at = now() where user_id = ${ana.id}`;
		await lost.encryption.finishReset(NEXT, ana.password);
		await lost.encryption.resume();
		expect(await readHealth(lost, entity)).toEqual(['no-key', 'no-key']);
		const id = randomUUID();
		const [sealed] = (await lost.vault.keys?.seal(entity, 'health', [{ id, rev: '1', plain: symptom('anew') }])) ?? [];
		await client.push(ana, entity, [{ change: randomUUID(), id, domain: 'health', base: '0', ...sealed }]);
		expect(await readHealth(lost, entity)).toEqual(['anew', 'no-key', 'no-key']);
		await expect(deviceOf(ana).encryption.unlock(PASSWORD)).rejects.toMatchObject({ code: 'crypto/cannot-open' });
	});
});
