import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Domain } from '../../src/lib/api/ids.ts';
import { MemoryStore } from '../../src/lib/device/memory-store.ts';
import { KeyClient } from '../../src/lib/keys/key-client.ts';
import { createApiClient } from '../../src/lib/sync/api-client.ts';
import { VaultEncryption } from '../../src/lib/vault/encryption.svelte.ts';
import { listEntities } from '../../src/lib/vault/list-entities.ts';
import { openEntity } from '../../src/lib/vault/open-entity.ts';
import { saveRecord } from '../../src/lib/vault/save-record.ts';
import { VaultState } from '../../src/lib/vault/vault-state.svelte.ts';
import { VaultSync } from '../../src/lib/vault/vault-sync.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { DeskPort } from '../unit/keys/desk-port.ts';
import { Client } from './client.ts';
import type { Account } from './client.ts';
import { testDatabase } from './test-database.ts';

const PASSWORD = 'Sail-lantern 41 orchard velvet';
const NEXT = 'Copper-window 19 thistle marble';
/** What a backup has of a household's records and keys, in the order in which rows point at each other. */
const TABLES = ['heads', 'records', 'record_history', 'identities', 'user_keys', 'bundles', 'rosters', 'key_grants'];

let server: TestServer;
let client: Client;
let sql: postgres.Sql;

beforeAll(async () => {
	const databaseUrl = await testDatabase();
	server = await startServer({ databaseUrl, env: raisedLimits });
	client = await Client.of(server.url);
	sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
});
afterAll(async () => {
	await sql.end();
	await server.stop();
});

/** Keeps what the database has now; gives what sets it back to that, by a restore (another epoch) or by deceit. */
async function backup(): Promise<(by: 'restore' | 'deceit') => Promise<void>> {
	await sql`drop schema if exists backup cascade`;
	await sql`create schema backup`;
	for (const name of TABLES) await sql`create table backup.${sql(name)} as table public.${sql(name)}`;
	return async (by) => {
		await sql.begin(async (act) => {
			await act`set local session_replication_role = replica`;
			for (const name of TABLES) {
				await act`delete from public.${sql(name)}`;
				await act`insert into public.${sql(name)} select * from backup.${sql(name)}`;
			}
			if (by === 'restore') await act`update entities set epoch = gen_random_uuid(), restored_from = now()`;
		});
	};
}

/** Somebody's device. */
async function deviceOf(
	{ id, token }: Account,
	entity: string,
	{ store = new MemoryStore(), password = PASSWORD } = {}
) {
	const api = createApiClient({
		accessToken: () => Promise.resolve(token),
		fetch: (path, init) => fetch(`${server.url}${path as string}`, { ...init, credentials: 'same-origin' })
	});
	const vault = new VaultState(api);
	vault.owner = id;
	vault.keepWith(Promise.resolve(store));
	vault.alone = (_, work) => work();
	const start = (onDeath: () => void) => Promise.resolve(new KeyClient(new DeskPort(), onDeath));
	const encryption = new VaultEncryption(vault, { start, signInAgain: () => Promise.resolve() });
	await encryption.check();
	if (encryption.state === 'locked') await encryption.unlock(password);
	await listEntities(vault);
	const save = async (domain: Domain, text: string) => {
		const body = { kind: 'spaceship', version: 1, values: { text }, meta: { at: '' } };
		expect((await saveRecord(vault, { id: null, domain, body })).status).toBe('saved');
		await sync.sync();
	};
	const sync = new VaultSync(vault);
	/** What its screen shows: texts, with the generation they are sealed under. */
	const shown = () =>
		vault.records.all().map(({ body, userLayer }) => `${String(body.values['text'])} ${userLayer?.generation ?? 'S'}`);
	return { vault, store, encryption, sync, save, shown, open: () => openEntity(vault, entity) };
}

/** A device that turned a key, switched a part on and wrote with both after a backup, to which the server was set back. */
async function setBack(by: 'restore' | 'deceit') {
	const ana = await client.signUp();
	const entity = await client.createEntity(ana);
	const device = await deviceOf(ana, entity);
	const { encryption } = device;
	await encryption.turnOn(PASSWORD);
	await encryption.resume();
	await device.open();
	await device.save('health', 'before');
	const restore = await backup();
	await encryption.rotate(entity, 'health');
	await encryption.switchOn(entity, 'finances');
	await encryption.resume();
	await device.open();
	await device.sync.sync();
	await device.save('health', 'after');
	await device.save('finances', 'money');
	await restore(by);
	await device.sync.sync();
	await device.save('health', 'later');
	const rosters = async () => (await sql`select from rosters where entity_id = ${entity}`).length;
	return { ana, entity, device, rosters };
}

describe('a server that has an earlier state of the keys', () => {
	test('by a restore: what is newer waits, goes there with the keys once the person says so, and opens anywhere', async () => {
		const { ana, entity, device, rosters } = await setBack('restore');
		const { encryption, sync } = device;
		const before = await rosters();
		expect(sync.refused).toEqual([]);
		expect(sync.held.length).toBeGreaterThan(0);
		expect(encryption.isBehind(entity)).toBe(true);
		await sync.answerRestore(true);
		expect(await rosters()).toBeGreaterThan(before);
		expect([sync.refused, sync.held, sync.waiting, encryption.alarm]).toEqual([[], [], 0, null]);
		expect(encryption.isBehind(entity)).toBe(false);
		const heads =
			await sql`select domain, generation from heads where entity_id = ${entity} and generation is not null`;
		expect(Object.fromEntries(heads.map(({ domain, generation }) => [domain, generation]))).toEqual({
			finances: 1,
			health: 2
		});
		const other = await deviceOf(ana, entity);
		await other.open();
		expect(other.shown().sort()).toEqual(['after 2', 'before 2', 'later 2', 'money 1']);
		expect(other.encryption.alarm).toBeNull();
	});

	test('by deceit, in the same epoch: is refused, gets no roster, and takes no layer away', async () => {
		const { entity, device, rosters } = await setBack('deceit');
		const { encryption, sync } = device;
		const before = await rosters();
		await sync.answerRestore(true);
		await sync.sync();
		expect(await rosters()).toBe(before);
		expect(encryption.alarm).toMatchObject({ code: 'crypto/rolled-back' });
		expect(encryption.domainLayer(entity, 'health')).toMatchObject({ oldest: 2, current: 2 });
		expect(encryption.domainLayer(entity, 'finances')).toMatchObject({ current: 1 });
		expect(sync.refused).toEqual([]);
		expect(sync.waiting).toBeGreaterThan(0);
	});
});

/** A device whose account got other keys after a backup, to which the server was restored; as it is opened again. */
async function restoredBefore(
	act: (device: Awaited<ReturnType<typeof deviceOf>>) => Promise<unknown>,
	password = PASSWORD
) {
	const ana = await client.signUp();
	const entity = await client.createEntity(ana);
	const device = await deviceOf(ana, entity);
	const { recoveryCode: firstCode } = await device.encryption.turnOn(PASSWORD);
	await device.encryption.resume();
	await device.open();
	await device.save('health', 'before');
	const restore = await backup();
	const made = await act(device);
	await restore('restore');
	const again = await deviceOf(ana, entity, { store: device.store, password });
	await again.open();
	await again.sync.sync();
	const versions = async () =>
		(await sql`select version from user_keys where user_id = ${ana.id} order by 1`).map(
			(row) => row['version'] as number
		);
	return { ana, entity, again, made, firstCode, versions };
}

describe('a restore to before the account got other keys', () => {
	test('gets them back where the password is the same, after a fresh sign-in: the code of now opens, the one before does not', async () => {
		const { ana, entity, again, made, firstCode, versions } = await restoredBefore(async ({ encryption }) => {
			await encryption.revokeRecoveryCode('');
			return encryption.renewRecoveryCode('');
		});
		expect(again.encryption.alarm).toMatchObject({ code: 'crypto/rolled-back' });
		expect([again.encryption.isBehind(null), await versions()]).toEqual([true, [1]]);
		await sql`update auth.sessions set created_at = now() - interval '6 minutes' where user_id = ${ana.id}`;
		await expect(again.sync.answerRestore(true)).rejects.toMatchObject({ code: 'keys/fresh-sign-in' });
		expect([again.encryption.isBehind(null), await versions()]).toEqual([true, [1]]);
		await sql`update auth.sessions set created_at = now() where user_id = ${ana.id}`;
		await again.sync.answerRestore(true);
		expect([again.encryption.isBehind(null), again.encryption.alarm, await versions()]).toEqual([
			false,
			null,
			[1, 2, 3]
		]);
		const other = await deviceOf(ana, entity);
		await other.encryption.lock();
		await expect(other.encryption.unlockWithRecoveryCode(firstCode)).rejects.toMatchObject({
			code: 'crypto/cannot-open'
		});
		await other.encryption.unlockWithRecoveryCode((made as { recoveryCode: string }).recoveryCode);
		await other.open();
		expect([other.shown(), other.encryption.alarm]).toEqual([['before 1'], null]);
		await again.encryption.renewRecoveryCode('');
		expect(await versions(), 'and goes on from there').toEqual([1, 2, 3, 4]);
	});

	test('is told where the password was changed, and nothing is put: the earlier password opens what the backup has', async () => {
		const act = async ({ encryption }: Awaited<ReturnType<typeof deviceOf>>) => {
			await encryption.change(NEXT, '');
			await encryption.resume();
		};
		const { ana, entity, again, versions } = await restoredBefore(act, NEXT);
		expect(again.encryption.alarm).toMatchObject({ code: 'keys/before-change' });
		await again.sync.answerRestore(true);
		expect([again.encryption.alarm, await versions()]).toMatchObject([{ code: 'keys/before-change' }, [1]]);
		const anew = await deviceOf(ana, entity);
		await anew.open();
		expect([anew.shown(), anew.encryption.alarm]).toEqual([['before 1'], null]);
		await anew.encryption.change(NEXT, '');
		await anew.encryption.resume();
		const last = await deviceOf(ana, entity, { password: NEXT });
		await last.open();
		expect([last.shown(), last.encryption.alarm]).toEqual([['before 2'], null]);
	});
});
