import { CryptoError } from '../../../src/lib/crypto/crypto-error.ts';
import { openRecordStore } from '../../../src/lib/device/open-record-store.ts';
import type { RecordStore } from '../../../src/lib/device/record-store.ts';
import { KeyClient } from '../../../src/lib/keys/key-client.ts';
import { createApiClient } from '../../../src/lib/sync/api-client.ts';
import { Replica } from '../../../src/lib/sync/replica.ts';
import { VaultEncryption } from '../../../src/lib/vault/encryption.svelte.ts';
import { listEntities } from '../../../src/lib/vault/list-entities.ts';
import { sealedOnly } from '../../../src/lib/vault/sealed-only.ts';
import { VaultState } from '../../../src/lib/vault/vault-state.svelte.ts';
import { DeskPort } from '../../unit/keys/desk-port.ts';
import type { Device } from './device.ts';
import { Life } from './life.ts';

/** The one domain that these stories are about. */
export const HEALTH = 'health';

/** One page of the app on a device: the vault, its encryption with a key worker in this process, a replica on disk. */
export class VaultPage {
	readonly life: Life;
	readonly vault: VaultState;
	readonly encryption: VaultEncryption;
	readonly #device: Device;
	readonly #opening: Promise<RecordStore>;
	#replica: Replica | null = null;
	#readWith: VaultState['keys'] = null;
	#readings = 0;

	constructor(device: Device) {
		this.#device = device;
		this.life = new Life(device.chance);
		const client = createApiClient({
			accessToken: () => Promise.resolve(device.person.token),
			fetch: (path, init) => this.life.gate(() => device.fetch(path as string, init)),
			pause: () => this.life.gate(() => new Promise((resolve) => setTimeout(resolve, 20)))
		});
		this.vault = new VaultState(client);
		this.vault.alone = (name, work) => device.turns.alone(name, work);
		this.vault.presence = { enter: () => Promise.resolve(), isAlone: () => Promise.resolve(true) };
		this.vault.owner = device.person.id;
		this.#opening = openRecordStore(device.database);
		const gated = this.#opening.then((store) => this.life.gated(device.tamper(store), ['sealWith', 'close']));
		this.vault.keepWith(gated);
		this.encryption = new VaultEncryption(this.vault, {
			start: (onDeath) => Promise.resolve(new KeyClient(new DeskPort(), onDeath)),
			signInAgain: () => this.life.gate(() => device.person.signInAgain())
		});
	}

	get replica(): Replica {
		if (!this.#replica) throw new Error('the entity was not opened');
		return this.#replica;
	}

	/** Does something on this page; 'over' where the page was closed before it was done. */
	run<T>(work: () => Promise<T>): Promise<T | 'over'> {
		const running = work();
		running.catch(() => undefined);
		return Promise.race([running, this.life.over]);
	}

	/** As when the app is opened: encryption is found, unlocked with what the person knows, and the entity is read. */
	async open(): Promise<void> {
		const { vault, encryption } = this;
		await encryption.check();
		if (encryption.state === 'locked') await this.unlock();
		await listEntities(vault);
		await this.openEntity();
	}

	/**
	 * The person types the password of now, or one that it may be; then, where something waits here under an earlier one,
	 * those that they remember.
	 */
	async unlock(): Promise<void> {
		const { encryption } = this;
		const known = this.#device.person.passwords.toReversed();
		// Twice: it may be changed while they are being tried.
		await firstThatOpens([...known, ...known], (password) => encryption.unlock(password));
		if (encryption.away && this.#device.remembers)
			await firstThatOpens(known, (password) => encryption.openEarlier({ password: password }));
	}

	/** As the app does where the keys came, went or were replaced since the entity was read: it is locked, and read anew. */
	async ready(): Promise<void> {
		if (this.encryption.replaced) await this.encryption.lock();
		if (this.encryption.state === 'locked') await this.unlock();
		if (this.vault.keys !== this.#readWith) await this.openEntity();
	}

	/** Reads the entity with the keys as they are now; as in the app, a reading that was overtaken is dropped. */
	async openEntity(): Promise<void> {
		const reading = ++this.#readings;
		const { vault } = this;
		const { entity, person, turns } = this.#device;
		await vault.readyKeys(entity);
		const store = await vault.store;
		if (!store) throw new Error('there is no store');
		// The keys may be others after a change of password.
		const { layers } = vault;
		const replica = await Replica.open({
			...{ entity, account: person.id, domains: [HEALTH], store, client: vault.client },
			layers,
			sealedOnly: () =>
				sealedOnly(
					vault,
					vault.entities.find(({ id }) => id === entity)
				),
			onRecords: () => undefined,
			joinTabs: () => ({
				alone: (turn, work) => turns.alone(turn, work),
				tell: () => undefined,
				close: () => undefined
			})
		});
		if (reading !== this.#readings) return replica.close();
		this.#replica?.close();
		[this.#replica, this.#readWith] = [replica, layers.keys];
	}

	/** When nothing of it is under way any more; its store is closed. */
	async leave(): Promise<void> {
		this.life.end();
		await this.life.rest();
		(await this.#opening).close();
	}
}

/** Tries passwords until one opens. Rejects as the last one does. */
async function firstThatOpens(passwords: readonly string[], open: (password: string) => Promise<void>): Promise<void> {
	for (const [at, password] of passwords.entries()) {
		try {
			return await open(password);
		} catch (error) {
			const isWrong = error instanceof CryptoError && error.code === 'crypto/cannot-open';
			if (!isWrong || at === passwords.length - 1) throw error;
		}
	}
}
