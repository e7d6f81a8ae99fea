/* eslint-disable svelte/prefer-svelte-reactivity -- plain maps on purpose: what was found is what is reactive. */
import { wordsOf } from '../../kinds/index.ts';
import type { Kind, KindRecord } from '../../kinds/index.ts';
import type { Names } from '../record-names.ts';
import { ListFeed } from './list-feed.ts';
import type { SearchAnswer } from './search-desk.ts';
import type { SearchLine } from './search-line.ts';

interface Found {
	readonly query: string;
	/** How many batches the worker had been told when it answered. */
	readonly told: number;
	readonly slots: SearchAnswer;
}

/**
 * Searches one list in the worker. What is shown changes when an answer comes: until then the earlier one stands, and an
 * answer to a query that was typed over is dropped. The worker is told of changes batch by batch, one ahead of the one
 * it works on, so that neither the page nor its memory is filled on the way.
 */
export class ListSearch {
	readonly #kind: Kind;
	readonly #line: SearchLine;
	#feed: ListFeed;
	/** Which of the line's workers the feed is of. */
	#worker: number;
	#told = 0;
	/** Settles when the worker has taken in the last batch. */
	#taken: Promise<unknown> = Promise.resolve();
	#records: readonly KindRecord[] = [];
	#names: Names = new Map();
	#query = '';
	#running = false;
	#found = $state.raw<Found | null>(null);
	#busy = $state(false);

	constructor(kind: Kind, line: SearchLine) {
		this.#kind = kind;
		this.#line = line;
		this.#feed = new ListFeed(kind);
		this.#worker = line.ended;
	}

	/** Is the answer to the present query being waited for? */
	get busy(): boolean {
		return this.#busy;
	}

	/** Says of records, by id, whether the last answer has them; null where all are to be shown. */
	get shows(): ((id: string) => boolean) | null {
		if (this.#found === null) return null;
		const { slots } = this.#found;
		return (id) => {
			const slot = this.#feed.slotOf(id);
			return slot >= 0 && (((slots[slot >>> 5] ?? 0) >>> (slot & 31)) & 1) === 1;
		};
	}

	/** Keeps the index in step with the list's records and with what those they refer to are called. */
	keep(records: readonly KindRecord[], names: Names): void {
		[this.#records, this.#names] = [records, names];
		this.#feed.take(records, names);
		void this.#run();
	}

	/** Asks for the records in which every word of a query is found; all are shown where it has none. */
	ask(query: string): void {
		this.#query = wordsOf(query).join(' ');
		if (this.#query === '') this.#found = null;
		this.#busy = this.#query !== '' && this.#query !== this.#found?.query;
		void this.#run();
	}

	/** Tells and asks until the worker knows everything and its answer is to the present query. */
	async #run(): Promise<void> {
		if (this.#running) return;
		this.#running = true;
		try {
			while (await this.#step());
		} catch {
			// The worker failed or was ended. What is kept or asked next starts another, which is told everything.
		} finally {
			this.#running = false;
			this.#busy = false;
		}
	}

	async #step(): Promise<boolean> {
		if (this.#worker !== this.#line.ended) this.#startOver();
		const batch = this.#feed.next();
		if (batch) {
			const before = this.#taken;
			this.#taken = this.#line.ask(batch);
			this.#taken.catch(() => undefined);
			this.#told += 1;
			await before;
			return true;
		}
		const [query, told] = [this.#query, this.#told];
		if (query === '' || (this.#found?.query === query && this.#found.told === told)) return false;
		const slots = await this.#line.ask({ verb: 'find', kind: this.#kind.name, query });
		if (query === this.#query) this.#found = { query, told, slots };
		return true;
	}

	#startOver(): void {
		this.#worker = this.#line.ended;
		this.#found = null;
		this.#taken = Promise.resolve();
		this.#feed = new ListFeed(this.#kind);
		this.#feed.take(this.#records, this.#names);
	}
}
