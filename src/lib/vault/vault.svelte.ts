import type { CreateEntity, UpdateEntity } from '../api/entity.ts';
import type { Domain } from '../api/ids.ts';
import type { RecordBody } from '../kinds/index.ts';
import { createApiClient } from '../sync/api-client.ts';
import type { ApiClient } from '../sync/api-client.ts';
import { accessToken } from './access-token.ts';
import { createEntity } from './create-entity.ts';
import { deleteEntity } from './delete-entity.ts';
import { editEntity } from './edit-entity.ts';
import type { EntityView } from './entity-view.ts';
import { listEntities } from './list-entities.ts';
import { openEntity } from './open-entity.ts';
import type { OpenRecord } from './open-record.ts';
import { refreshVault } from './refresh-vault.ts';
import { removeRecords, restoreRecords } from './remove-records.ts';
import { resendTurnedAway } from './resend-turned-away.ts';
import type { SaveOutcome, SaveRequest } from './save-outcome.ts';
import { saveRecord } from './save-record.ts';
import { saveRecords } from './save-records.ts';
import type { SaveOptions } from './save-records.ts';
import type { SendOptions } from './send-changes.ts';
import { sendUnsent } from './send-unsent.ts';
import { joinNudges } from './tab-nudge.ts';
import type { TabNudge } from './tab-nudge.ts';
import { VaultState } from './vault-state.svelte.ts';
import { withdrawChange } from './withdraw-change.ts';
import type { Withdrawal } from './withdraw-change.ts';

/**
 * The signed-in person's vault, in this page's memory: the one door through which screens read and write. Everything
 * readable here is reactive. One entity is open at a time; records, saves and removals are its own.
 */
export class Vault {
	readonly #state: VaultState;
	#tabs: TabNudge | null = null;
	/** Refreshing is one after another: a nudge while one is under way waits for its turn. */
	#refreshing: Promise<void> = Promise.resolve();
	// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on the screen follows from it
	readonly #forgetters = new Set<() => void>();

	constructor(client: ApiClient) {
		this.#state = new VaultState(client);
		this.#state.nudge = (entity) => this.#tabs?.say(entity);
	}

	/** Makes this the vault of that person; of anybody else's nothing stays. Null: signed out. */
	belongTo(user: string | null): void {
		if (this.#state.owner === user) return;
		this.#tabs?.end();
		this.#state.clear();
		for (const forget of this.#forgetters) forget();
		this.#state.owner = user;
		this.#tabs = user === null ? null : joinNudges(user, () => void this.refresh());
	}

	/** Whose vault this is; null before somebody has signed in. */
	get owner(): string | null {
		return this.#state.owner;
	}

	/** Calls `forget` whenever the vault comes to belong to somebody else: nothing of the one before may stay anywhere. */
	whenForgotten(forget: () => void): void {
		this.#forgetters.add(forget);
	}

	/** Entities by name. */
	get entities(): readonly EntityView[] {
		return this.#state.entities;
	}
	/** Have the entities been listed since sign-in? */
	get listed(): boolean {
		return this.#state.listed;
	}
	/** The entity that is open. */
	get entity(): EntityView | null {
		return this.#state.entities.find((entity) => entity.id === this.#state.entity) ?? null;
	}
	/** Has every record of the open entity been pulled? */
	get ready(): boolean {
		return this.#state.ready;
	}
	/** Records received while the entity is being opened. */
	get received(): number {
		return this.#state.received;
	}
	/** Was the server reached when it was last asked? */
	get reached(): boolean {
		return this.#state.reached;
	}
	/** Unsent changes and drafts; see UnsentWork. */
	get unsent() {
		return this.#state.unsent;
	}

	/** Live records of a kind, by the kind's name. */
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
	/** Records that the server could not open. */
	get damaged(): readonly OpenRecord[] {
		return this.#state.records.damaged;
	}
	/** Records whose row says something else than their body. */
	get differing(): readonly OpenRecord[] {
		return this.#state.records.differing;
	}

	/** Lists the entities; throws ApiError. */
	list(): Promise<void> {
		return listEntities(this.#state);
	}
	/** Opens an entity and pulls all of it; throws ApiError, VaultError `vault/no-such-entity`. */
	open(entity: string): Promise<void> {
		return openEntity(this.#state, entity);
	}
	/** Asks for what is new, in the background: never rejects; see refreshVault. */
	async refresh(): Promise<void> {
		await this.#look();
	}
	/** Refreshes after what is under way; whether the server was reached and told everything. */
	#look(): Promise<boolean> {
		const state = this.#state;
		const next = this.#refreshing.then(async () => {
			if (state.owner === null) return false;
			await refreshVault(state);
			return state.reached;
		});
		// What a background look was refused, the next thing the person does will say in its own place.
		const quiet = next.catch(() => false);
		this.#refreshing = quiet.then(() => undefined);
		return quiet;
	}

	/** Saves one record; `base` is the revision the draft began from (default: the one known now). */
	save(id: string | null, domain: Domain, body: RecordBody, base?: string): Promise<SaveOutcome> {
		return saveRecord(this.#state, { id, domain, body, base });
	}
	/** Saves many in batches, with progress; one outcome each, in order. */
	saveMany(requests: readonly SaveRequest[], options?: SaveOptions): Promise<SaveOutcome[]> {
		return saveRecords(this.#state, requests, options);
	}
	/** Moves a record to the bin; undefined where it is not there or deleted already. */
	async remove(id: string): Promise<SaveOutcome | undefined> {
		return (await removeRecords(this.#state, [id]))[0];
	}
	removeMany(ids: readonly string[], options?: SendOptions): Promise<SaveOutcome[]> {
		return removeRecords(this.#state, ids, options);
	}
	/** Takes a record out of the bin. */
	async restore(id: string): Promise<SaveOutcome | undefined> {
		return (await restoreRecords(this.#state, [id]))[0];
	}
	/** Sends what got no answer once more. */
	sendUnsent(): Promise<SaveOutcome[]> {
		return sendUnsent(this.#state);
	}

	/** Sends a change that was turned away once more; over theirs after a conflict. */
	resend(id: string): Promise<SaveOutcome | undefined> {
		return resendTurnedAway(this.#state, id);
	}
	/** Takes back a record's waiting change; see Withdrawal. Never rejects. */
	withdraw(id: string): Promise<Withdrawal> {
		return withdrawChange(this.#state, id, () => this.#look());
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
}

export const vault: Vault = new Vault(createApiClient({ accessToken: (fresh) => accessToken(fresh, vault.owner) }));
