import type { Domain } from '../api/ids.ts';
import type { RecordStore } from '../device/record-store.ts';
import { aloneAmongTabs, presence } from '../device/tabs.ts';
import type { Presence } from '../device/tabs.ts';
import type { ContentKeys } from '../keys/content-keys.ts';
import type { RecordKeys } from '../keys/record-keys.ts';
import type { ApiClient } from '../sync/api-client.ts';
import type { Layers } from '../sync/layers.ts';
import type { Replica } from '../sync/replica.ts';
import { userSeal } from '../sync/user-seal.ts';
import type { EntityView } from './entity-view.ts';
import { RecordIndex } from './record-index.svelte.ts';
import { SyncState } from './sync-state.svelte.ts';
import { tryBriefly } from './try-briefly.ts';
import { UnsavedWork } from './unsaved-work.svelte.ts';

/** What the verbs of the vault work on: one person's vault on this device, as far as this page has it open. */
export class VaultState {
	readonly client: ApiClient;
	readonly records = new RecordIndex();
	readonly unsaved = new UnsavedWork();
	readonly sync = new SyncState();

	/** Whose vault this is; null when signed out. */
	owner = $state<string | null>(null);
	entities = $state.raw<readonly EntityView[]>([]);
	/** Are the entities known, from this device or the server? */
	listed = $state(false);
	/** When the server listed them last, by the page's own clock in milliseconds. */
	listedAt = -Infinity;
	/** The opened entity, and whether every record of it is there. */
	entity = $state<string | null>(null);
	ready = $state(false);
	/** Records received so far while an entity is being opened. */
	received = $state(0);

	/**
	 * The domains of the opened entity whose changes are worth listening for, with a space between: the same text for as
	 * long as they are the same. Empty where the server is not reached.
	 */
	readonly heard = $derived(
		this.sync.phase === 'offline' ? '' : (this.entities.find(({ id }) => id === this.entity)?.domains.join(' ') ?? '')
	);

	/** What opens and seals records of domains with a user layer; null where that is off or locked. See useKeys. */
	keys: RecordKeys | null = null;
	/** What seals and opens the contents of files there. */
	contentKeys: ContentKeys | null = null;
	/** User encryption is on and not open: nothing of any entity is opened, sent or asked for. */
	locked = $state(false);
	/** Whether nobody has said yet if the owner has user encryption: neither this device nor the server. */
	unsure: () => boolean = () => false;
	/** Finds that out. Never rejects for want of a network. */
	checkKeys: () => Promise<void> = () => Promise.resolve();
	/** Takes in the rosters and grants that the server has of an entity by now. */
	renewKeys: (entity: string) => Promise<void> = () => Promise.resolve();
	/** Puts back the keys of an entity that a restore of the server took, as the person confirmed. */
	pushBackKeys: (entity: string) => Promise<void> = () => Promise.resolve();
	/** Waits until it is known which domains of an entity have a user layer. */
	readyKeys: (entity: string) => Promise<void> = () => Promise.resolve();
	/** Runs work while no other tab of this browser runs work of that name. */
	alone: typeof aloneAmongTabs = aloneAmongTabs;
	/** Whether other tabs of this browser have the owner's keys. */
	presence: Presence = presence;
	/** What the device keeps for the owner. */
	store: Promise<RecordStore> | null = null;
	/** The opened entity's records on this device, and the domains it was opened with. */
	replica: Replica | null = null;
	domains: readonly Domain[] = [];
	/** Ended when another entity is opened or the vault is cleared: stops what was under way for the one before. */
	opening = new AbortController();

	constructor(client: ApiClient) {
		this.client = tryBriefly(client);
	}

	/** The user layer as whatever is opened from now on has it. */
	get layers(): Layers {
		return { keys: this.keys, renew: (entity) => this.renewKeys(entity) };
	}

	/** Keeps with this store from now on. Where it cannot be opened, whoever waits for it hears why. */
	keepWith(store: Promise<RecordStore>): void {
		this.store = store;
		store.then(
			({ lasting }) => {
				if (this.store === store) this.sync.lasting = lasting;
			},
			() => undefined
		);
	}

	/**
	 * Opens and seals with these keys from now on, or with none: then `locked`, which the caller sets before, says whether
	 * the device writes nothing of records any more. The opened entity is closed: what it had read was read without them.
	 */
	async useKeys(keys: (RecordKeys & Partial<ContentKeys>) | null): Promise<void> {
		this.close();
		this.keys = keys;
		this.contentKeys = keys && 'sealPart' in keys ? (keys as RecordKeys & ContentKeys) : null;
		const seal = keys ? userSeal(keys) : this.locked ? 'locked' : null;
		(await this.store)?.sealWith(seal);
	}

	/** Forgets the opened entity; the device keeps it. */
	close(): void {
		this.opening.abort();
		this.opening = new AbortController();
		this.replica?.close();
		this.replica = null;
		this.records.clear();
		this.sync.leave();
		this.entity = null;
		this.ready = false;
		this.received = 0;
	}

	/** Forgets everything: sign-out, another account. */
	clear(): void {
		this.close();
		this.keys = this.contentKeys = null;
		this.locked = false;
		this.unsaved.clear();
		this.sync.clear();
		this.entities = [];
		this.listed = false;
		this.listedAt = -Infinity;
		void this.store?.then((store) => store.close()).catch(() => undefined);
		this.store = null;
	}
}
