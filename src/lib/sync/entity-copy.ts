import type { Domain } from '../api/ids.ts';
import type { PullPlace, ReadOptions, RecordStore, Report } from '../device/record-store.ts';
import type { StoredRecord, StoreUpdate, WaitingChange } from '../device/record-store.ts';
import { localRecord } from './local-record.ts';
import type { LocalRecord } from './local-record.ts';
import { sameJson } from './same-json.ts';
import { SharedTexts } from './shared-texts.ts';
import type { SyncTabs } from './tabs.ts';

export interface CopyPorts {
	entity: string;
	/** Whose device it is, the account's id. */
	account: string;
	store: RecordStore;
	tabs: Pick<SyncTabs, 'alone' | 'tell'>;
	/** For times that are shown; they decide nothing. */
	now(): Date;
}

/** What a copy tells of itself: ids of records that changed, after the change is on disk. */
export interface CopyListener {
	onTouched(ids: Set<string>): void;
	onChange(): void;
}

/**
 * What this device knows of one entity: the server's rows, what waits, how far it was pulled and what was reported.
 * Memory follows the disk: it changes only by what was committed, and every change is planned on what is on disk then,
 * in a turn of its own among all tabs.
 */
export class EntityCopy {
	readonly ports: CopyPorts;
	readonly rows = new Map<string, StoredRecord>();
	place: PullPlace | null = null;
	reports: readonly Report[] = [];
	#waiting: readonly WaitingChange[] = [];
	#chains = new Map<string, WaitingChange[]>();
	#position = 0;
	#opened = false;
	readonly #texts = new SharedTexts();
	readonly #listener: CopyListener | undefined;

	constructor(ports: CopyPorts, listener?: CopyListener) {
		this.ports = ports;
		this.#listener = listener;
	}

	get entity(): string {
		return this.ports.entity;
	}
	/** What waits, oldest first. */
	get waiting(): readonly WaitingChange[] {
		return this.#waiting;
	}
	/** What waits of one record: the first stands on the server's row, each further one on the one before it. */
	chainOf(id: string): readonly WaitingChange[] {
		return this.#chains.get(id) ?? [];
	}
	/** The ids of every record known here. */
	ids(): Set<string> {
		return new Set([...this.rows.keys(), ...this.#chains.keys()]);
	}

	/** A record as it stands, or undefined where this device has none. */
	record(id: string): LocalRecord | undefined {
		return localRecord(this.rows.get(id), this.chainOf(id).at(-1), this.ports.account);
	}

	/** Reads what is new on disk since the last reading; all of it the first time. Throws DeviceError. */
	async read(options?: ReadOptions): Promise<void> {
		const { store, entity } = this.ports;
		await this.#takeIn(options);
		this.#opened = true;
		this.place = await store.place(entity);
		this.reports = await store.reports(entity);
		this.#listener?.onChange();
	}

	/** Forgets what is kept of domains that are not held any more; what waits stays, for the server to refuse. */
	async forgetOthers(domains: readonly Domain[]): Promise<void> {
		const lost = new Set([...this.rows.values()].map(({ domain }) => domain).filter((one) => !domains.includes(one)));
		if (lost.size === 0) return;
		const { store, entity, tabs } = this.ports;
		await tabs.alone('write', async () => {
			for (const domain of lost) await store.forget(entity, domain);
			this.place = await store.place(entity);
		});
		const gone = [...this.rows.values()].filter(({ domain }) => lost.has(domain)).map(({ id }) => id);
		gone.forEach((id) => this.rows.delete(id));
		this.#listener?.onTouched(new Set(gone));
	}

	/** The same in a turn of its own, once the copy is in use. */
	catchUp(): Promise<void> {
		return this.ports.tabs.alone('write', () => this.read());
	}

	/**
	 * Plans an update on what waits now and commits it, in one turn; null commits nothing. Throws DeviceError, and
	 * whatever `plan` throws; nothing has changed then.
	 */
	change(plan: () => Omit<StoreUpdate, 'entity'> | null): Promise<void> {
		const { store, entity, tabs } = this.ports;
		return tabs.alone('write', async () => {
			await this.#takeIn();
			try {
				const update = plan();
				if (!update) return;
				const position = await store.commit({ entity, ...update });
				this.#show(this.#apply(update, position));
				tabs.tell(entity);
			} finally {
				this.#listener?.onChange();
			}
		});
	}

	/**
	 * Takes in what waits and the pages behind the last one read. It is known and shown in one breath: a save begins from
	 * what a screen showed, and where this copy knew more than that, it would pass over what nobody saw. Only at the very
	 * first reading, before there can be a save, each page is shown as it comes.
	 */
	async #takeIn(options?: ReadOptions): Promise<void> {
		const { store, entity } = this.ports;
		// What waits first: a change that lands in between is then seen twice rather than not at all.
		const waiting = await store.waiting(entity);
		const touched = this.#opened ? new Set<string>() : this.#setWaiting(waiting);
		const later: StoredRecord[] = [];
		const take = (rows: StoredRecord[]) => {
			if (!this.#opened) this.#show(this.#setRows(rows));
			else for (const row of rows) later.push(row);
		};
		const { last, dropped } = await store.read(entity, this.#position, take, options);
		this.#setWaiting(waiting).forEach((id) => touched.add(id));
		this.#setRows(later).forEach((id) => touched.add(id));
		this.#position = last;
		this.#show(touched);
		// What was lost is pulled again: the store has forgotten how far it was.
		if (dropped > 0) this.place = await store.place(entity);
	}

	#show(touched: Set<string>): void {
		if (touched.size > 0) this.#listener?.onTouched(touched);
	}

	#apply(update: Omit<StoreUpdate, 'entity'>, position: number): Set<string> {
		const dropped = new Set(update.drop);
		const put = new Map(update.put?.map((change) => [change.change, change]));
		const kept = this.#waiting.filter(({ change }) => !dropped.has(change));
		const waiting = kept.map((change) => put.get(change.change) ?? change);
		const known = new Set(kept.map(({ change }) => change));
		const touched = this.#setWaiting([...waiting, ...[...put.values()].filter(({ change }) => !known.has(change))]);
		if (update.records) {
			this.#setRows(update.records).forEach((id) => touched.add(id));
			if (position > 0) this.#position = position;
		}
		if (update.place !== undefined) this.place = update.place;
		if (update.reports) this.reports = [...this.reports, ...update.reports];
		return touched;
	}

	/** A later row replaces an earlier one; one of revision "0" says that there is none. */
	#setRows(rows: readonly StoredRecord[]): Set<string> {
		const touched = new Set<string>();
		for (const row of rows) {
			this.#texts.share(row);
			if (row.rev === '0') this.rows.delete(row.id);
			else this.rows.set(row.id, row);
			touched.add(row.id);
		}
		return touched;
	}

	#setWaiting(waiting: readonly WaitingChange[]): Set<string> {
		const touched = new Set<string>();
		const chains = new Map<string, WaitingChange[]>();
		for (const change of waiting) {
			const chain = chains.get(change.id);
			if (chain) chain.push(change);
			else chains.set(change.id, [change]);
		}
		for (const id of new Set([...chains.keys(), ...this.#chains.keys()])) {
			const [was, is] = [this.#chains.get(id)?.at(-1), chains.get(id)?.at(-1)];
			if (was?.change !== is?.change || !sameJson(was?.plain, is?.plain)) touched.add(id);
		}
		this.#waiting = waiting;
		this.#chains = chains;
		return touched;
	}
}
