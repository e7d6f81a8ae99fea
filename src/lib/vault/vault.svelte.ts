import type { CreateEntity, UpdateEntity } from '../api/entity.ts';
import type { Domain } from '../api/ids.ts';
import { openRecordStore } from '../device/open-record-store.ts';
import type { RecordStore } from '../device/record-store.ts';
import type { RecordBody } from '../kinds/index.ts';
import { askToKeep } from './ask-to-keep.ts';
import { createEntity } from './create-entity.ts';
import { deleteEntity } from './delete-entity.ts';
import { editEntity } from './edit-entity.ts';
import { VaultEncryption } from './encryption.svelte.ts';
import type { EntityView } from './entity-view.ts';
import { VaultExports } from './exports/vault-exports.ts';
import { listEntities, openEntities } from './list-entities.ts';
import { openEntity } from './open-entity.ts';
import { VaultShares } from './files/shares.svelte.ts';
import { VaultFiles } from './files/vault-files.svelte.ts';
import type { OpenRecord } from './open-record.ts';
import { Avatars } from './plain/avatars.svelte.ts';
import { removeRecords } from './remove-records.ts';
import type { SaveOutcome, SaveRequest } from './save-outcome.ts';
import { saveRecord } from './save-record.ts';
import { saveRecords, type SaveOptions } from './save-records.ts';
import { SealedTexts } from './sealed-texts.ts';
import { serverClients, type ServerClients } from './server-clients.ts';
import type { UnsavedWork } from './unsaved-work.svelte.ts';
import { countElsewhere, readLastSynced } from './sync-vault.ts';
import { VaultBin } from './vault-bin.ts';
import { VaultState } from './vault-state.svelte.ts';
import { VaultSync } from './vault-sync.ts';

/**
 * The signed-in person's vault on this device: the one door through which screens read and write. Everything readable
 * here is reactive. One entity is open at a time; records, saves and removals are its own. What is saved is on this
 * device when the save resolves, and the server is told in the background (`sync`).
 */
export class Vault {
	readonly #state: VaultState;
	readonly #openStore: (account: string) => Promise<RecordStore>;
	/** How the vault and the server stand to each other; what the person may decide about it. */
	readonly sync: VaultSync;
	readonly bin: VaultBin;
	readonly encryption: VaultEncryption;
	readonly exports: VaultExports;
	readonly texts: SealedTexts;
	readonly files: VaultFiles;
	readonly shares: VaultShares;
	readonly avatars: Avatars;
	/** Was the browser asked to keep what is saved, as far as this page knows? */
	#asked = false;
	// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on the screen follows from it
	readonly #forgetters = new Set<() => void>();

	constructor({ api, storage }: ServerClients, openStore = openRecordStore) {
		[this.#state, this.#openStore] = [new VaultState(api), openStore];
		this.sync = new VaultSync(this.#state);
		this.bin = new VaultBin(this.#state, (saved) => this.#saving(saved));
		[this.encryption, this.exports] = [new VaultEncryption(this.#state), new VaultExports(this.#state)];
		[this.texts, this.shares] = [new SealedTexts(this.#state), new VaultShares(this.#state)];
		this.files = new VaultFiles(this.#state, () => this.sync.soon());
		this.avatars = new Avatars(this.#state, storage);
	}

	/** Makes this the vault of that person; of anybody else's nothing stays in memory. Null: signed out. */
	belongTo(user: string | null): void {
		const state = this.#state;
		if (state.owner === user) return;
		state.clear();
		this.files.stop();
		this.avatars.clear();
		this.encryption.clear();
		this.#asked = false;
		for (const forget of this.#forgetters) forget();
		state.owner = user;
		if (user !== null) state.keepWith(this.#openStore(user));
	}

	/** Whose vault this is; null before somebody has signed in. */
	get owner(): string | null {
		return this.#state.owner;
	}

	/** Calls `forget` whenever the vault comes to belong to somebody else: nothing of the one before may stay anywhere. */
	whenForgotten(forget: () => void): void {
		this.#forgetters.add(forget);
	}

	get entities(): readonly EntityView[] {
		return this.#state.entities;
	}
	get listed(): boolean {
		return this.#state.listed;
	}
	/** The entity that is open. */
	get entity(): EntityView | null {
		return this.#state.entities.find((entity) => entity.id === this.#state.entity) ?? null;
	}
	/** Is every record of the open entity there? */
	get ready(): boolean {
		return this.#state.ready;
	}
	/** Records received while the entity is being opened. */
	get received(): number {
		return this.#state.received;
	}
	/** What screens hold that is not on disk yet. */
	get unsaved(): UnsavedWork {
		return this.#state.unsaved;
	}
	/** How much would be gone if the page went away now. */
	get unsavedCount(): number {
		return this.#state.unsaved.count + (this.sync.lasting ? 0 : this.sync.waiting);
	}

	/** Live records of a kind. */
	records(kind: string): readonly OpenRecord[] {
		return this.#state.records.list(kind);
	}
	/** A record by id, deleted and damaged ones included. */
	record(id: string): OpenRecord | undefined {
		return this.#state.records.get(id);
	}
	/** Every record, whatever its kind and state. */
	all(): OpenRecord[] {
		return this.#state.records.all();
	}
	/** How many live records the entity has. */
	get size(): number {
		return this.#state.records.size;
	}
	/** Records that cannot be opened. */
	get damaged(): readonly OpenRecord[] {
		return this.#state.records.damaged;
	}
	/** Records whose row says something else than their body. */
	get differing(): readonly OpenRecord[] {
		return this.#state.records.differing;
	}
	/** Records of which two devices changed the same field, until somebody picks. */
	get undecided(): readonly OpenRecord[] {
		return this.#state.records.undecided;
	}

	/** Shows the entities this device knows; asks the server where it knows none. Throws ApiError, DeviceError. */
	async start(): Promise<void> {
		await readLastSynced(this.#state);
		await openEntities(this.#state);
		await countElsewhere(this.#state);
	}
	/** Asks the server for the entities. Throws ApiError. */
	list(): Promise<void> {
		return listEntities(this.#state);
	}
	/** Opens an entity; see openEntity for what it throws. */
	async open(entity: string): Promise<void> {
		this.files.stop();
		await openEntity(this.#state, entity);
		void this.files.begin().catch(() => undefined);
		await countElsewhere(this.#state);
		this.sync.soon();
	}

	/** Saves one record; `from` is the body the draft began from (default: the one known now). */
	save(id: string | null, domain: Domain, body: RecordBody, from?: RecordBody): Promise<SaveOutcome> {
		return this.#saving(saveRecord(this.#state, { id, domain, body, from }));
	}
	/** Saves many, with progress; one outcome each, in order. */
	saveMany(requests: readonly SaveRequest[], options?: SaveOptions): Promise<SaveOutcome[]> {
		return this.#saving(saveRecords(this.#state, requests, options));
	}
	/** Moves a record to the bin; undefined where it is not there or deleted already. */
	async remove(id: string): Promise<SaveOutcome | undefined> {
		return (await this.removeMany([id]))[0];
	}
	removeMany(ids: readonly string[], options?: SaveOptions): Promise<SaveOutcome[]> {
		return this.#saving(removeRecords(this.#state, ids, options));
	}

	createEntity(draft: CreateEntity): Promise<EntityView> {
		return createEntity(this.#state, draft);
	}
	editEntity(id: string, changes: UpdateEntity): Promise<void> {
		return editEntity(this.#state, id, changes);
	}
	deleteEntity(id: string): Promise<void> {
		return deleteEntity(this.#state, id);
	}

	/** What was saved here goes to the server as soon as may be. */
	async #saving<T>(saving: Promise<T>): Promise<T> {
		try {
			const saved = await saving;
			if (!this.#asked) void askToKeep(this.texts);
			this.#asked = true;
			return saved;
		} finally {
			this.sync.soon();
		}
	}
}

export const vault: Vault = new Vault(serverClients(() => vault.owner));
