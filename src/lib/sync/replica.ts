import type { Domain } from '../api/ids.ts';
import type { Plain } from '../api/record.ts';
import type { ReadOptions, RecordStore, Report, WaitingChange } from '../device/record-store.ts';
import { answerHeld, giveUpChange, retryChange } from './answer-waiting.ts';
import { EntityCopy } from './entity-copy.ts';
import type { LocalRecord } from './local-record.ts';
import { isPartial } from './pull-place.ts';
import { planSaves } from './plan-saves.ts';
import { ServerPass } from './server-pass.ts';
import type { ServerOptions } from './server-pass.ts';
import { joinSyncTabs } from './tabs.ts';
import type { SyncTabs } from './tabs.ts';

export type { LocalRecord } from './local-record.ts';

/** One save: of a new record (id null) or a known one. */
export interface LocalSave {
	id: string | null;
	domain: Domain;
	body: Plain;
	/** The body the draft began from; where the record changed meanwhile, the save is merged. Default: the current one. */
	from?: Plain;
}

/** What the device has of domains that the person does not hold is forgotten. */
export interface ReplicaOptions extends ReadOptions, ServerOptions {
	entity: string;
	/** Whose device it is, the account's id. */
	account: string;
	store: RecordStore;
	/** Records that are new or changed, as they stand now. */
	onRecords(records: LocalRecord[]): void;
	/** Something is gone: forget all; all that is left follows by `onRecords`. */
	onReset?(): void;
	/** `waiting`, `reports` or `pulled` may have changed. */
	onChange?(): void;
	/** How to join the other tabs; Web Locks and a BroadcastChannel unless given. */
	joinTabs?: typeof joinSyncTabs;
	now?: () => Date;
}

/**
 * One entity on this device: what the server gave, what was saved here and waits, and the passes that bring the two
 * together. A save is on disk when it resolves; the server is told by `sync`. Every method throws DeviceError where the
 * device fails.
 */
export class Replica {
	readonly #copy: EntityCopy;
	readonly #tabs: SyncTabs;
	readonly #options: ReplicaOptions;
	readonly #server: ServerPass;
	#closed = false;

	private constructor(options: ReplicaOptions) {
		this.#options = options;
		const { entity, account, store, now = () => new Date(), joinTabs = joinSyncTabs } = options;
		this.#tabs = joinTabs(account, (changed) => {
			// What another tab did is on disk; where it cannot be read the next pass will say so.
			if (changed === entity && !this.#closed) void this.#copy.catchUp().catch(() => undefined);
		});
		this.#copy = new EntityCopy(
			{ entity, account, store, tabs: this.#tabs, now },
			{
				onTouched: (ids) => this.#show(ids),
				onChange: () => this.#closed || options.onChange?.()
			}
		);
		this.#server = new ServerPass(this.#copy, options);
	}

	/** Reads what this device has of the entity; needs no network. Rejects with the signal's reason. */
	static async open(options: ReplicaOptions): Promise<Replica> {
		const replica = new Replica(options);
		try {
			await replica.#copy.read({ signal: options.signal, onProgress: options.onProgress });
			await replica.#copy.forgetOthers(options.domains);
		} catch (error) {
			replica.close();
			throw error;
		}
		return replica;
	}

	/** Whether everything was pulled once: until then records may be missing here. */
	get pulled(): boolean {
		return !isPartial(this.#copy.place, this.#options.domains);
	}
	/** What waits of this entity, oldest first. */
	get waiting(): readonly WaitingChange[] {
		return this.#copy.waiting;
	}
	get reports(): readonly Report[] {
		return this.#copy.reports;
	}
	/** A record as it stands here. */
	record(id: string): LocalRecord | undefined {
		return this.#copy.record(id);
	}

	/** Keeps saves on disk, all or none, and gives the records as they stand then. */
	async save(requests: readonly LocalSave[]): Promise<LocalRecord[]> {
		let ids: string[] = [];
		// What a body without `from` began from is what stands now, not what may stand when its turn comes.
		const asked = requests.map((one) => ({ ...one, from: one.from ?? this.#plainOf(one.id) }));
		await this.#copy.change(() => {
			const planned = planSaves(this.#copy, asked);
			ids = planned.ids;
			return planned.update;
		});
		return ids.flatMap((id) => this.#copy.record(id) ?? []);
	}

	/**
	 * One pass, alone among the tabs: what waits is pushed, what is new is pulled. Throws ApiError, KeysError, the signal's
	 * reason; and last what held changes back (see PushPass).
	 */
	sync(signal?: AbortSignal): Promise<void> {
		return this.#pass(signal, () => this.#server.run(signal));
	}

	/** Reads what other tabs wrote. */
	catchUp(): Promise<void> {
		return this.#copy.catchUp();
	}

	/** Pulls everything from the beginning and compares it with what this device has. Throws as `sync`. */
	pullAll(signal?: AbortSignal): Promise<void> {
		return this.#pass(signal, () => this.#server.pull(true, signal));
	}

	/** Sends a refused change again, as it is, with the next pass. */
	retry(change: string): Promise<void> {
		return this.#copy.change(() => retryChange(this.#copy, change));
	}
	/** Gives up a change that was refused, or never sent, and what waits behind it: the server's row stands again. */
	giveUp(change: string): Promise<void> {
		return this.#copy.change(() => giveUpChange(this.#copy, change));
	}
	/** After a restore of the server: pushes back what is held, or lets it go. */
	answerRestore(pushBack: boolean): Promise<void> {
		return this.#copy.change(() => answerHeld(this.#copy, pushBack));
	}
	/** Forgets a report. */
	async dismiss(report: string): Promise<void> {
		await this.#options.store.dismiss(report);
		await this.catchUp();
	}

	/** Shows nothing any more and leaves the other tabs; the store stays open. */
	close(): void {
		this.#closed = true;
		this.#tabs.close();
	}

	#plainOf(id: string | null): Plain | undefined {
		return id === null ? undefined : this.#copy.record(id)?.plain;
	}

	#pass(signal: AbortSignal | undefined, work: () => Promise<void>): Promise<void> {
		const alone = async () => {
			await this.#copy.catchUp();
			await work();
			await this.#options.store.fold(this.#options.entity);
		};
		return this.#tabs.alone('sync', alone, signal);
	}

	#show(ids: ReadonlySet<string>): void {
		if (this.#closed) return;
		const records = [...ids].map((id) => this.#copy.record(id));
		const shown = records.filter((record) => record !== undefined);
		if (shown.length === records.length) return this.#options.onRecords(shown);
		this.#options.onReset?.();
		this.#options.onRecords([...this.#copy.ids()].flatMap((id) => this.#copy.record(id) ?? []));
	}
}
