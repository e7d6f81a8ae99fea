import 'fake-indexeddb/auto';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { openRecordStore } from '../../src/lib/device/open-record-store.ts';
import type { RecordStore } from '../../src/lib/device/record-store.ts';
import { KeyClient } from '../../src/lib/keys/key-client.ts';
import { createApiClient } from '../../src/lib/sync/api-client.ts';
import type { ApiClientOptions } from '../../src/lib/sync/api-client.ts';
import { VaultEncryption } from '../../src/lib/vault/encryption.svelte.ts';
import { VaultFiles } from '../../src/lib/vault/files/vault-files.svelte.ts';
import { listEntities } from '../../src/lib/vault/list-entities.ts';
import { openEntity } from '../../src/lib/vault/open-entity.ts';
import { VaultState } from '../../src/lib/vault/vault-state.svelte.ts';
import { startServer } from '../stage/server.ts';
import type { TestServer } from '../stage/server.ts';
import { raisedLimits } from '../stage/shared-server.ts';
import { DeskPort } from '../unit/keys/desk-port.ts';
import { Client } from './client.ts';
import type { Account } from './client.ts';
import { testDatabase } from './test-database.ts';

/** The encryption password of everybody here. */
export const PASSWORD = 'Sail-lantern 41 orchard velvet';
/** Bytes of content in a part. */
export const PART = 4 * 1024 * 1024;
/** The server of the test's own. */
export let server: TestServer;
export let client: Client;

export let databaseUrl: string;
let dataFolder: string;

beforeAll(async () => {
	databaseUrl = await testDatabase();
	dataFolder = mkdtempSync(join(tmpdir(), 'arca-vault-files-'));
	await start();
});
afterAll(async () => {
	await server.stop();
	rmSync(dataFolder, { recursive: true, force: true });
});

async function start(): Promise<void> {
	server = await startServer({ dataFolder, databaseUrl, env: raisedLimits });
	client = await Client.of(server.url);
}

/** The server ends, and begins again on what is stored: it sweeps when it is first asked. */
export async function restart(): Promise<void> {
	await server.stop();
	await start();
}

export type Ask = typeof fetch;

/**
 * Somebody's device, on which the key worker runs in this process; `ask` stands between it and the server.
 * @param pause how it waits before it asks again; as it does in the app unless said
 */
export function deviceOf(
	{ id, token }: Account,
	store: RecordStore,
	ask: Ask = fetch,
	pause?: ApiClientOptions['pause']
) {
	const api = createApiClient({
		accessToken: () => Promise.resolve(token),
		...(pause ? { pause } : {}),
		fetch: (path, init) => ask(`${server.url}${path as string}`, init)
	});
	const vault = new VaultState(api);
	vault.owner = id;
	vault.keepWith(Promise.resolve(store));
	vault.alone = (_, work) => work();
	const start = (onDeath: () => void) => Promise.resolve(new KeyClient(new DeskPort(), onDeath));
	const encryption = new VaultEncryption(vault, { start, signInAgain: () => Promise.resolve() });
	const files = new VaultFiles(vault, () => void vault.replica?.sync().catch(() => undefined));
	return { vault, store, encryption, files };
}

export type Device = ReturnType<typeof deviceOf>;

/** A device that holds nothing yet: the database of its account is another's, for one process has them all. */
export const newStore = () => openRecordStore(randomUUID());

export async function at({ vault, files }: Device, entity: string): Promise<void> {
	await listEntities(vault);
	await openEntity(vault, entity);
	await vault.replica?.sync();
	await files.begin();
}

/** A device of somebody who has user encryption, unlocked, with the entity open. */
export async function unlocked(device: Device, entity: string): Promise<Device> {
	await device.encryption.check();
	await device.encryption.unlock(PASSWORD);
	await at(device, entity);
	return device;
}

/** Somebody with an entity open on a device, under user encryption; `store` is what that one keeps. */
export async function withVault(
	store: RecordStore | Promise<RecordStore> = newStore()
): Promise<{ ana: Account; entity: string; device: Device }> {
	const ana = await client.signUp();
	const entity = await client.createEntity(ana);
	const device = deviceOf(ana, await store);
	await device.encryption.check();
	await device.encryption.turnOn(PASSWORD);
	await at(device, entity);
	return { ana, entity, device };
}

export const fileOf = (bytes: Uint8Array<ArrayBuffer>, name = 'scan.jpg') =>
	new File([bytes], name, { type: 'image/jpeg' });
export const random = (size: number) => new Uint8Array(randomBytes(size));

export async function here({ files }: Device, id: string): Promise<void> {
	await expect.poll(() => files.view(id)?.state, { timeout: 20_000 }).toBe('here');
}

/** Its record is on the server too, so that other devices have it. */
export async function told(device: Device, id: string): Promise<void> {
	await here(device, id);
	await expect.poll(async () => (await device.store.waiting()).length, { timeout: 20_000 }).toBe(0);
}

export async function contentOf({ files }: Pick<Device, 'files'>, id: string): Promise<Buffer> {
	const parts: Uint8Array[] = [];
	for await (const part of files.read(id)) parts.push(part);
	return Buffer.concat(parts);
}

/** The stored parts of a domain of an entity. */
export function stored(entity: string, domain: string): string[] {
	const folder = join(server.dataFolder, 'data', 'files', 'sealed', entity, domain, 'sealed');
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
}
