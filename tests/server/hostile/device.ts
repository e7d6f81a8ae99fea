import { MemoryStore } from '../../../src/lib/device/memory-store.ts';
import { KeyClient } from '../../../src/lib/keys/key-client.ts';
import { Keyring } from '../../../src/lib/keys/keyring.ts';
import { createApiClient } from '../../../src/lib/sync/api-client.ts';
import { encryptionTrouble } from '../../../src/lib/vault/encryption-sentence.ts';
import { VaultEncryption } from '../../../src/lib/vault/encryption.svelte.ts';
import { listEntities } from '../../../src/lib/vault/list-entities.ts';
import { openEntity } from '../../../src/lib/vault/open-entity.ts';
import { saveRecord } from '../../../src/lib/vault/save-record.ts';
import { VaultState } from '../../../src/lib/vault/vault-state.svelte.ts';
import { VaultSync } from '../../../src/lib/vault/vault-sync.ts';
import { DeskPort } from '../../unit/keys/desk-port.ts';
import { quickArgon2 } from '../../unit/keys/quick-argon2.ts';
import type { Account } from '../client.ts';

export const PASSWORD = 'Sail-lantern 41 orchard velvet';

/** What a device is opened with. Keys of the layer below are of no use to it: whoever answers it has them anyway. */
export interface DeviceOptions {
	/** What it keeps; a device that remembers nothing unless it is given. */
	store?: MemoryStore;
	/** Its key worker. */
	ring?: () => Keyring;
	/** By method and route, what the proxy in between makes of an answer. */
	alter?: { [route: string]: (answer: object) => object };
}

/** A person's device, as far as it has no screen, behind a proxy that alters what a real server answers. */
export class HostileDevice {
	readonly vault: VaultState;
	readonly encryption: VaultEncryption;
	readonly sync: VaultSync;
	readonly store: MemoryStore;
	alter: NonNullable<DeviceOptions['alter']>;
	/** Every request that left: method and route. */
	readonly sent: string[] = [];

	constructor(
		url: string,
		{ id, token }: Account,
		{ store = new MemoryStore(), ring = () => new Keyring(quickArgon2), alter = {} }: DeviceOptions = {}
	) {
		[this.store, this.alter] = [store, alter];
		const client = createApiClient({
			accessToken: () => Promise.resolve(token),
			fetch: async (input, init) => {
				const path = input as string;
				const route = `${init?.method ?? 'GET'} ${path.split('?')[0] ?? ''}`;
				this.sent.push(route);
				const answer = await fetch(url + path, { ...init, credentials: 'same-origin' });
				const altered = this.alter[route];
				return altered && answer.ok ? Response.json(altered((await answer.json()) as object)) : answer;
			}
		});
		this.vault = new VaultState(client);
		this.vault.owner = id;
		this.vault.keepWith(Promise.resolve(store));
		this.vault.alone = (_, work) => work();
		const start = (onDeath: () => void) => Promise.resolve(new KeyClient(new DeskPort(ring()), onDeath));
		const signInAgain = () => Promise.resolve();
		this.encryption = new VaultEncryption(this.vault, { start, signInAgain });
		this.sync = new VaultSync(this.vault);
	}

	/** Finds out how things stand, then opens with the password; gives the sentence that the person reads where it does not. */
	async unlock(password = PASSWORD): Promise<string> {
		await this.encryption.check();
		return this.encryption.unlock(password).then(
			() => 'open',
			(error: unknown) => encryptionTrouble(error).sentence()
		);
	}

	/** What the person reads above every screen. */
	get warning(): string | null {
		const { alarm } = this.encryption;
		return alarm === null ? null : encryptionTrouble(alarm).sentence();
	}

	async open(entity: string): Promise<this> {
		await listEntities(this.vault);
		await openEntity(this.vault, entity);
		return this;
	}

	/** Saves a record of health here; it goes out with the next pass. */
	async save(text: string): Promise<string> {
		const body = { kind: 'spaceship', version: 1, values: { text }, meta: { at: new Date().toISOString() } };
		const outcome = await saveRecord(this.vault, { id: null, domain: 'health', body });
		return outcome.status;
	}

	/** What its screen shows: texts, with the generation they are sealed under. */
	get shown(): string[] {
		const rows = this.vault.records.all().map(({ body, userLayer }) => {
			return `${String(body.values['text'])} ${userLayer?.generation ?? 'S'}`;
		});
		return rows.sort();
	}
}
