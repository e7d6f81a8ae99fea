import 'fake-indexeddb/auto';
import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRecordStore } from '../../src/lib/device/open-record-store.ts';
import type { RecordStore } from '../../src/lib/device/record-store.ts';
import { KeyClient } from '../../src/lib/keys/key-client.ts';
import { createApiClient } from '../../src/lib/sync/api-client.ts';
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

const PASSWORD = 'Sail-lantern 41 orchard velvet';
const PART = 4 * 1024 * 1024;
let server: TestServer;
let client: Client;

beforeAll(async () => {
	server = await startServer({ databaseUrl: await testDatabase(), env: raisedLimits });
	client = await Client.of(server.url);
});
afterAll(() => server.stop());

type Ask = typeof fetch;

/** Somebody's device, on which the key worker runs in this process; `ask` stands between it and the server. */
function deviceOf({ id, token }: Account, store: RecordStore, ask: Ask = fetch) {
	const api = createApiClient({
		accessToken: () => Promise.resolve(token),
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

type Device = ReturnType<typeof deviceOf>;

/** A device that holds nothing yet: the database of its account is another's, for one process has them all. */
const newStore = () => openRecordStore(randomUUID());

async function at({ vault, files }: Device, entity: string): Promise<void> {
	await listEntities(vault);
	await openEntity(vault, entity);
	await vault.replica?.sync();
	await files.begin();
}

/** Somebody with an entity open on a device, under user encryption. */
async function withVault(): Promise<{ ana: Account; entity: string; device: Device }> {
	const ana = await client.signUp();
	const entity = await client.createEntity(ana);
	const device = deviceOf(ana, await newStore());
	await device.encryption.check();
	await device.encryption.turnOn(PASSWORD);
	await at(device, entity);
	return { ana, entity, device };
}

const fileOf = (bytes: Uint8Array<ArrayBuffer>, name = 'scan.jpg') => new File([bytes], name, { type: 'image/jpeg' });
const random = (size: number) => new Uint8Array(randomBytes(size));

async function here({ files }: Device, id: string): Promise<void> {
	await expect.poll(() => files.view(id)?.state, { timeout: 20_000 }).toBe('here');
}

/** Its record is on the server too, so that other devices have it. */
async function told(device: Device, id: string): Promise<void> {
	await here(device, id);
	await expect.poll(async () => (await device.store.waiting()).length, { timeout: 20_000 }).toBe(0);
}

async function contentOf({ files }: Pick<Device, 'files'>, id: string): Promise<Buffer> {
	const parts: Uint8Array[] = [];
	for await (const part of files.read(id)) parts.push(part);
	return Buffer.concat(parts);
}

/** The stored parts of a domain of an entity. */
function stored(entity: string, domain: string): string[] {
	const folder = join(server.dataFolder, 'data', 'files', 'sealed', entity, domain, 'sealed');
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
}

describe('a file under a user layer', () => {
	test('goes to the server in sealed parts and comes back to the byte, on another device too', async () => {
		const { ana, entity, device } = await withVault();
		const bytes = random(PART + 5);
		const id = await device.files.attach(fileOf(bytes), 'health');
		await told(device, id);
		expect(device.files.view(id)).toMatchObject({ name: 'scan.jpg', type: 'image/jpeg', size: PART + 5 });
		expect((await contentOf(device, id)).equals(bytes)).toBe(true);
		for (const path of stored(entity, 'health')) {
			const kept = readFileSync(path);
			for (let from = 0; from < 4000; from += 16)
				expect(kept.includes(Buffer.from(bytes.subarray(from, from + 16)))).toBe(false);
		}
		const other = deviceOf(ana, await newStore());
		await other.encryption.check();
		await other.encryption.unlock(PASSWORD);
		await at(other, entity);
		await here(other, id);
		expect((await contentOf(other, id)).equals(bytes)).toBe(true);
		await device.files.rename(id, 'renamed.jpg');
		expect((await contentOf(device, id)).equals(bytes)).toBe(true);
	});

	test('has its key in the key worker alone: screens have a name in its place', async () => {
		const { device } = await withVault();
		const id = await device.files.attach(fileOf(random(10)), 'health');
		await here(device, id);
		expect(device.vault.records.get(id)?.body.values.key).toMatch(/^held-/);
		expect(JSON.stringify(await device.store.waiting())).not.toMatch(/"key":"(?!held-)/);
	});

	test('an empty file is one too', async () => {
		const { device } = await withVault();
		const id = await device.files.attach(fileOf(random(0)), 'health');
		await here(device, id);
		expect((await contentOf(device, id)).length).toBe(0);
	});

	test('opens to nothing that is not right: parts altered, cut, in another order, of another file or another attempt', async () => {
		const { entity, device } = await withVault();
		const ids: string[] = [];
		for (const size of [PART + 300_000, PART + 300_000])
			ids.push(await device.files.attach(fileOf(random(size)), 'health'));
		for (const id of ids) await here(device, id);
		const paths = stored(entity, 'health');
		const bytes = paths.map((path) => readFileSync(path));
		const [first, second, otherFirst] = [0, 1, 2].map((n) => bytes[n] ?? Buffer.alloc(0));
		const content = String(device.vault.records.get(ids[0] ?? '')?.body.values.content);
		const own = paths.flatMap((path, n) => (path.includes(content) ? [n] : []));
		const [at0 = 0, at1 = 1] = own;
		const read = async () => {
			// What this device keeps of it would open, whatever the server gives.
			await device.store.parts.drop(content);
			return contentOf(device, ids[0] ?? '').then(
				() => 'opened',
				(error: unknown) => (error as { code: string }).code
			);
		};
		expect(await read()).toBe('opened');
		const tries: [number, Buffer][] = [
			[at0, (at0 === 0 ? otherFirst : first) as Buffer],
			[at0, bytes[at1] as Buffer],
			[at1, bytes[at0] as Buffer],
			[at1, (second ?? Buffer.alloc(0)).subarray(0, -1)],
			[at1, Buffer.concat([bytes[at1] as Buffer, Buffer.from([0])])]
		];
		for (const [n, instead] of tries) {
			writeFileSync(paths[n] ?? '', instead);
			expect(await read()).not.toBe('opened');
			writeFileSync(paths[n] ?? '', bytes[n] as Buffer);
		}
		expect(await read()).toBe('opened');
	});
});

describe('an upload', () => {
	test('goes on at the first missing part after the network was cut, and leaves one file', async () => {
		const { ana, entity, device } = await withVault();
		let left = 3;
		const cut: Ask = async (input, init) => {
			const isPart = init?.method === 'PUT';
			if (isPart && left-- > 0) {
				// The server has it, and nobody hears of it; or it never got there.
				if (left % 2 === 0) await fetch(input, init);
				throw new TypeError('cut');
			}
			return fetch(input, init);
		};
		const weak = deviceOf(ana, await newStore(), cut);
		await weak.encryption.check();
		await weak.encryption.unlock(PASSWORD);
		await at(weak, entity);
		const bytes = random(2 * PART + 1);
		const id = await weak.files.attach(fileOf(bytes), 'health');
		await told(weak, id);
		await at(device, entity);
		await here(device, id);
		expect((await contentOf(device, id)).equals(bytes)).toBe(true);
		expect(stored(entity, 'health').length).toBe(3);
	});

	test('goes on from what the device noted when the page was closed', async () => {
		const { ana, entity, device } = await withVault();
		const none: Ask = (input, init) =>
			init?.method === 'PUT' ? Promise.reject(new TypeError('cut')) : fetch(input, init);
		const store = await newStore();
		const closed = deviceOf(ana, store, none);
		await closed.encryption.check();
		await closed.encryption.unlock(PASSWORD);
		await at(closed, entity);
		const bytes = random(1000);
		const id = await closed.files.attach(fileOf(bytes), 'health');
		await expect.poll(() => closed.files.view(id)?.problem, { timeout: 20_000 }).toBe('sync/unreachable');
		closed.files.stop();
		const again = deviceOf(ana, store);
		await again.encryption.check();
		await again.encryption.unlock(PASSWORD);
		await at(again, entity);
		await told(again, id);
		await at(device, entity);
		await here(device, id);
		expect((await contentOf(device, id)).equals(bytes)).toBe(true);
	});

	test('without a user layer has the system layer alone, and comes back as well', async () => {
		const { entity, device } = await withVault();
		const bytes = random(5000);
		const id = await device.files.attach(fileOf(bytes, 'receipt.pdf'), 'finances');
		await here(device, id);
		expect(device.vault.records.get(id)?.body.values).not.toHaveProperty('key');
		expect((await contentOf(device, id)).equals(bytes)).toBe(true);
		for (const path of stored(entity, 'finances'))
			expect(readFileSync(path).includes(Buffer.from(bytes.subarray(0, 16)))).toBe(false);
	});

	test('that is given up leaves nothing on the device', async () => {
		const { ana, entity } = await withVault();
		const none: Ask = (input, init) =>
			init?.method === 'PUT' ? Promise.reject(new TypeError('cut')) : fetch(input, init);
		const store = await newStore();
		const device = deviceOf(ana, store, none);
		await device.encryption.check();
		await device.encryption.unlock(PASSWORD);
		await at(device, entity);
		const id = await device.files.attach(fileOf(random(10)), 'health');
		await expect.poll(() => device.files.view(id)?.problem, { timeout: 20_000 }).toBe('sync/unreachable');
		await device.files.cancel(id);
		expect([device.files.view(id), await store.textNames('upload/'), await store.parts.get(id, 0)]).toEqual([
			null,
			[],
			null
		]);
	});
});

describe('another key of the domain', () => {
	const contentIn = ({ vault }: Device, id: string) => String(vault.records.get(id)?.body.values.content);
	/** All that is to be sealed anew is, and told. */
	async function renewed(device: Device, id: string, before: string): Promise<void> {
		await device.files.renew();
		await expect.poll(() => contentIn(device, id), { timeout: 20_000 }).not.toBe(before);
		await told(device, id);
	}

	test('has files sealed anew under keys of their own, and the old content is released', async () => {
		const { ana, entity, device } = await withVault();
		const bytes = random(PART + 9);
		const id = await device.files.attach(fileOf(bytes), 'health');
		await told(device, id);
		await device.files.rename(id, 'another name.jpg');
		const before = contentIn(device, id);
		await device.encryption.rotate(entity, 'health');
		await device.encryption.resume();
		await at(device, entity);
		await renewed(device, id, before);
		expect(device.files.view(id)).toMatchObject({ state: 'here', name: 'another name.jpg', size: PART + 9 });
		expect((await contentOf(device, id)).equals(bytes)).toBe(true);
		const { contents } = await device.vault.client.call('listStaleContents', { query: { entity, domain: 'health' } });
		expect(contents).toEqual([]);
		const released = await client.ask('DELETE', `/api/contents/${before}`, { token: ana.token });
		expect(released.status).toBe(204);
		await device.files.renew();
		expect(contentIn(device, id)).not.toBe(before);
	});

	test('gives files of a domain that is switched on the keys that they did not have', async () => {
		const { entity, device } = await withVault();
		const bytes = random(3000);
		const id = await device.files.attach(fileOf(bytes), 'finances');
		await told(device, id);
		const before = contentIn(device, id);
		await device.encryption.switchOn(entity, 'finances');
		await device.encryption.resume();
		await at(device, entity);
		expect((await contentOf(device, id)).equals(bytes)).toBe(true);
		await renewed(device, id, before);
		expect(device.vault.records.get(id)?.body.values.key).toMatch(/^held-/);
		expect((await contentOf(device, id)).equals(bytes)).toBe(true);
	});

	test('killed amid it leaves the old content or the new one, and goes on', async () => {
		const { ana, entity, device } = await withVault();
		const bytes = random(2 * PART + 9);
		const id = await device.files.attach(fileOf(bytes), 'health');
		await told(device, id);
		const before = contentIn(device, id);
		await device.encryption.rotate(entity, 'health');
		await device.encryption.resume();
		const store = await newStore();
		let left = 1;
		const dying: Ask = (input, init) =>
			init?.method === 'PUT' && left-- <= 0 ? Promise.reject(new TypeError('cut')) : fetch(input, init);
		const killed = deviceOf(ana, store, dying);
		await killed.encryption.check();
		await killed.encryption.unlock(PASSWORD);
		await at(killed, entity);
		await killed.files.renew();
		await expect.poll(() => store.textNames('upload/')).toEqual([`upload/${id}`]);
		await expect.poll(() => left, { timeout: 20_000 }).toBeLessThan(0);
		killed.files.stop();
		expect(contentIn(killed, id)).toBe(before);
		expect((await contentOf(killed, id)).equals(bytes)).toBe(true);
		const again = deviceOf(ana, store);
		await again.encryption.check();
		await again.encryption.unlock(PASSWORD);
		await at(again, entity);
		await expect.poll(() => contentIn(again, id), { timeout: 20_000 }).not.toBe(before);
		expect((await contentOf(again, id)).equals(bytes)).toBe(true);
	});
});
