import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Domain } from '../../src/lib/api/ids.ts';
import { AccountDatabase } from '../../src/lib/device/account-database.ts';
import { openRecordStore } from '../../src/lib/device/open-record-store.ts';
import { KeyClient } from '../../src/lib/keys/key-client.ts';
import { createApiClient } from '../../src/lib/sync/api-client.ts';
import { VaultEncryption } from '../../src/lib/vault/encryption.svelte.ts';
import { listEntities } from '../../src/lib/vault/list-entities.ts';
import { openEntity } from '../../src/lib/vault/open-entity.ts';
import { readEnvelope } from '../../src/lib/vault/read-envelope.ts';
import { saveRecord } from '../../src/lib/vault/save-record.ts';
import { syncVault } from '../../src/lib/vault/sync-vault.ts';
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

beforeAll(async () => {
	server = await startServer({ databaseUrl: await testDatabase(), env: raisedLimits });
	client = await Client.of(server.url);
});
afterAll(async () => server.stop());

/** A browser of somebody's: real records, keys and bytes, on a disk of its own. */
class Browser {
	readonly disk = randomUUID();
	readonly account: Account;
	readonly entity: string;
	/** Everything it sent in bodies of pushes. */
	readonly sent: string[] = [];
	vault!: VaultState;
	encryption!: VaultEncryption;
	#token: string;

	private constructor(account: Account, entity: string) {
		this.account = account;
		this.entity = entity;
		this.#token = account.token;
	}

	static async of(account: Account, entity: string): Promise<Browser> {
		const browser = new Browser(account, entity);
		await browser.load();
		return browser;
	}

	/** Loads the page (again): nothing of the one before is in memory. */
	async load(): Promise<void> {
		this.vault?.clear();
		const api = createApiClient({
			accessToken: () => Promise.resolve(this.#token),
			fetch: (path, init) => {
				if (path === '/api/records/push') this.sent.push(init?.body as string);
				return fetch(`${server.url}${path as string}`, { ...init, credentials: 'same-origin' });
			}
		});
		this.vault = new VaultState(api);
		this.vault.owner = this.account.id;
		this.vault.keepWith(openRecordStore(this.disk));
		const signInAgain = async () => {
			const answer = await client.signIn(this.account.email, this.account.password);
			this.#token = ((await answer.json()) as { access_token: string }).access_token;
		};
		const start = (onDeath: () => void) => Promise.resolve(new KeyClient(new DeskPort(), onDeath));
		this.encryption = new VaultEncryption(this.vault, { start, signInAgain });
		await this.encryption.check();
		await listEntities(this.vault);
	}

	async unlocked(password = PASSWORD): Promise<this> {
		await this.encryption.unlock(password);
		await openEntity(this.vault, this.entity);
		return this;
	}

	async save(text: string, id: string | null = null, domain: Domain = 'health'): Promise<string> {
		const body = { kind: 'spaceship', version: 1, values: { text }, meta: { at: '' } };
		const saved = await saveRecord(this.vault, { id, domain, body });
		if (saved.status !== 'saved') throw new Error(saved.reason);
		return saved.id;
	}

	sync(): Promise<void> {
		return syncVault(this.vault, this.vault.opening.signal);
	}

	/** Turns user encryption on and seals what is there. */
	async turnOn(): Promise<void> {
		await this.encryption.turnOn(PASSWORD);
		await this.encryption.resume();
		await openEntity(this.vault, this.entity);
	}

	/** What its screen shows: texts, with the generation they are sealed under. */
	get shown(): string[] {
		const records = this.vault.records.all();
		return records
			.map(({ body, userLayer }) => `${String(body.values['text'])} ${userLayer?.generation ?? 'S'}`)
			.sort();
	}

	/** The domains of pages and changes on its disk that are not under the person's own key. */
	async bare(): Promise<string[]> {
		const kept = await AccountDatabase.open(this.disk);
		const rows = [...(await kept.pages.toArray()), ...(await kept.outbox.toArray())];
		kept.close();
		return [...new Set(rows.filter(({ layered }) => !layered).map(({ domain }) => domain))];
	}
}

async function somebody(): Promise<{ ana: Account; entity: string; here: Browser }> {
	const ana = await client.signUp();
	const entity = await client.createEntity(ana);
	return { ana, entity, here: await Browser.of(ana, entity) };
}

describe('records of a vault with user encryption', () => {
	test('go from device to device sealed, through a rotation that one of them slept through', async () => {
		const { ana, entity, here } = await somebody();
		await here.turnOn();
		const id = await here.save('one');
		await here.sync();
		const there = await (await Browser.of(ana, entity)).unlocked();
		expect(there.shown).toEqual(['one 1']);
		expect(await readEnvelope(there.vault, id)).toMatchObject({ rev: '1', generation: 1 });
		await there.save('two');
		await there.save('one, edited', id);
		await here.encryption.rotate(entity, 'health');
		await here.encryption.resume();
		await there.sync();
		expect(there.shown).toEqual(['one, edited 2', 'two 2']);
		await here.sync();
		expect(here.shown).toEqual(there.shown);
		expect([here, there].map(({ vault }) => [vault.sync.waiting, vault.sync.reports])).toEqual([
			[0, []],
			[0, []]
		]);
		expect([...here.sent, ...there.sent].join()).not.toMatch(/"one|"two/);
		expect([await here.bare(), await there.bare()]).toEqual([[], []]);
	});

	test('wait on a device that knew nothing of it until it is unlocked there, and arrive sealed', async () => {
		const { ana, entity, here } = await somebody();
		const there = await Browser.of(ana, entity);
		await openEntity(there.vault, entity);
		await there.save('before');
		await there.sync();
		await there.save('typed without knowing');
		await here.turnOn();
		expect(here.shown).toEqual(['before 1']);
		// The server takes nothing of what this page sends, since it knows no better: once, and then it is locked.
		await there.sync().catch(() => undefined);
		expect([there.encryption.state, there.sent.length]).toEqual(['locked', 2]);
		await there.sync();
		expect(await there.bare(), 'and nothing of it is opened').toEqual(['health']);
		await there.load();
		await expect(openEntity(there.vault, entity)).rejects.toMatchObject({ code: 'vault/locked' });
		await there.unlocked();
		await there.sync();
		await here.sync();
		expect([here.shown, there.shown]).toEqual([here.shown, ['before 1', 'typed without knowing 1']]);
		expect(here.shown).toEqual(there.shown);
		expect(await there.bare()).toEqual([]);
	});

	test('of finances are sealed once their layer is switched on elsewhere, with what waits here', async () => {
		const { ana, entity, here } = await somebody();
		await here.turnOn();
		const there = await (await Browser.of(ana, entity)).unlocked();
		const id = await there.save('kept', null, 'finances');
		await there.sync();
		await there.save('kept, edited', id, 'finances');
		await here.encryption.switchOn(entity, 'finances');
		await here.encryption.resume();
		await there.sync();
		expect(there.shown).toEqual(['kept, edited 1']);
		await here.sync();
		expect(here.shown).toEqual(there.shown);
		expect([await here.bare(), await there.bare()]).toEqual([[], []]);
	});

	test('that wait outlive a change of the password on their device', async () => {
		const { ana, entity, here } = await somebody();
		await here.turnOn();
		await here.save('sent');
		await here.sync();
		await here.save('waits');
		await here.encryption.change(NEXT, ana.password);
		await here.load();
		await here.unlocked(NEXT);
		expect(here.shown.join()).toContain('waits');
		await here.encryption.resume();
		await here.sync();
		expect(here.shown).toEqual(['sent 2', 'waits 2']);
		const there = await (await Browser.of(ana, entity)).unlocked(NEXT);
		expect([there.shown, here.vault.sync.reports]).toEqual([here.shown, []]);
	});
});
