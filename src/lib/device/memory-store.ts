import type { Domain } from '../api/ids.ts';
import { DeviceError } from './device-error.ts';
import { MemoryParts } from './memory-parts.ts';
import type { PullPlace, ReadOptions, RecordStore, Report } from './record-store.ts';
import type { StoredRecord, StoreUpdate, WaitingChange } from './record-store.ts';
import type { TurnedSeal } from './user-seal.ts';

/** The rows of one commit, or of several that were folded. */
interface MemoryPage {
	n: number;
	entity: string;
	rows: StoredRecord[];
}

/** Where the browser keeps nothing for this page: the same store for as long as the tab lives. */
export class MemoryStore implements RecordStore {
	readonly lasting = false;
	readonly parts = new MemoryParts();
	#closed = false;
	#last = 0;
	#pages: MemoryPage[] = [];
	/** Changes as JSON, so that what was written stays as it was. */
	readonly #outbox = new Map<string, string>();
	readonly #places = new Map<string, PullPlace>();
	readonly #reports = new Map<string, Report>();
	readonly #texts = new Map<string, string>();

	/** Nothing leaves the memory of the page. */
	sealWith(): void {
		return undefined;
	}

	read(
		entity: string,
		after: number,
		take: (rows: StoredRecord[]) => void,
		{ signal, onProgress }: ReadOptions = {}
	): Promise<{ last: number; dropped: number }> {
		return this.#run(() => {
			const pages = this.#pages.filter((page) => page.entity === entity && page.n > after);
			for (const [done, { rows }] of pages.entries()) {
				signal?.throwIfAborted();
				take([...rows]);
				onProgress?.(done + 1, pages.length);
			}
			return { last: pages.at(-1)?.n ?? after, dropped: 0 };
		});
	}

	place(entity: string): Promise<PullPlace | null> {
		return this.#run(() => structuredClone(this.#places.get(entity) ?? null));
	}

	waiting(entity?: string): Promise<WaitingChange[]> {
		return this.#run(() => {
			const all = [...this.#outbox.values()].map((text) => JSON.parse(text) as WaitingChange);
			return all.filter((change) => entity === undefined || change.entity === entity);
		});
	}

	async outline(): Promise<Pick<WaitingChange, 'entity' | 'state'>[]> {
		return this.waiting();
	}

	reports(entity: string): Promise<Report[]> {
		return this.#run(() => [...this.#reports.values()].filter((report) => report.entity === entity));
	}

	dismiss(report: string): Promise<void> {
		return this.#run(() => void this.#reports.delete(report));
	}

	commit(update: StoreUpdate): Promise<number> {
		const { entity, records = [], place, goesOn = false, drop = [], put = [], reports = [] } = update;
		return this.#run(() => {
			for (const change of drop) this.#outbox.delete(change);
			for (const change of put) this.#outbox.set(change.change, JSON.stringify(change));
			for (const report of reports) this.#reports.set(report.id, report);
			if (place === null) this.#places.delete(entity);
			else if (place && !(goesOn && !this.#places.has(entity))) this.#places.set(entity, structuredClone(place));
			if (records.length === 0) return 0;
			this.#pages.push({ n: ++this.#last, entity, rows: [...records] });
			return this.#last;
		});
	}

	/** One page instead of many, with each record's last row. */
	fold(entity: string): Promise<void> {
		return this.#run(() => {
			const mine = this.#pages.filter((page) => page.entity === entity);
			const n = mine.at(-1)?.n;
			if (n === undefined) return;
			const last = new Map(mine.flatMap(({ rows }) => rows).map((row) => [row.id, row]));
			this.#pages = this.#pages.filter((page) => page.entity !== entity);
			this.#pages.push({ n, entity, rows: [...last.values()] });
		});
	}

	/** Nothing is sealed. */
	turnSeal(): Promise<TurnedSeal> {
		return this.#run(() => ({ older: 0, changes: 0, drafts: 0 }));
	}

	forget(entity: string, domain?: Domain): Promise<void> {
		return this.#run(() => {
			for (const page of this.#pages)
				if (page.entity === entity)
					page.rows = page.rows.filter((row) => domain !== undefined && row.domain !== domain);
			this.#pages = this.#pages.filter(({ rows }) => rows.length > 0);
			if (domain === undefined) this.#places.delete(entity);
			else delete this.#places.get(entity)?.after[domain];
		});
	}

	readText(name: string): Promise<string | null> {
		return this.#run(() => this.#texts.get(name) ?? null);
	}

	writeText(name: string, text: string | null): Promise<void> {
		return this.#run(() => void (text === null ? this.#texts.delete(name) : this.#texts.set(name, text)));
	}

	updateText(name: string, change: (before: string | null) => string | null): Promise<void> {
		return this.#run(() => {
			const after = change(this.#texts.get(name) ?? null);
			if (after !== null) this.#texts.set(name, after);
		});
	}

	textNames(prefix: string): Promise<string[]> {
		return this.#run(() => [...this.#texts.keys()].filter((name) => name.startsWith(prefix)).sort());
	}

	close(): void {
		this.#closed = true;
		this.#pages = [];
	}

	#run<T>(work: () => T): Promise<T> {
		if (this.#closed) return Promise.reject(new DeviceError('device/closed'));
		return new Promise((resolve) => resolve(work()));
	}
}
