/* eslint-disable svelte/prefer-svelte-reactivity -- plain maps on purpose: `#version` and the shelves are what is reactive. */
import { isUndecided } from './undecided.ts';
import type { OpenRecord } from './open-record.ts';

const NONE: readonly OpenRecord[] = [];

/** The live records of one kind; the array is replaced, never changed, so that what was read stays what it was. */
class Shelf {
	list = $state.raw<readonly OpenRecord[]>(NONE);
}

/**
 * The opened entity's records, in memory. Reading is reactive, by kind and by id; a batch of any size replaces each
 * touched kind's array once, and no record is wrapped in a proxy, so tens of thousands cost what plain arrays cost.
 */
export class RecordIndex {
	readonly #byId = new Map<string, OpenRecord>();
	readonly #shelves = new Map<string, Shelf>();
	#version = $state(0);
	#shelfCount = $state(0);
	#damaged = $state.raw<readonly OpenRecord[]>(NONE);
	#differing = $state.raw<readonly OpenRecord[]>(NONE);
	#undecided = $state.raw<readonly OpenRecord[]>(NONE);

	/** Live, readable records of a kind, in the order they came. */
	list(kind: string): readonly OpenRecord[] {
		const shelf = this.#shelves.get(kind);
		if (shelf) return shelf.list;
		// State made while something is being derived is not tracked by it: shelves are made by `put` alone.
		void this.#shelfCount;
		return NONE;
	}

	/** A record by id, deleted and damaged ones included. */
	get(id: string): OpenRecord | undefined {
		void this.#version;
		return this.#byId.get(id);
	}

	/** Like `get`, for code that must not depend on the answer. */
	peek(id: string): OpenRecord | undefined {
		return this.#byId.get(id);
	}

	/** Every record, whatever its kind and state. */
	all(): OpenRecord[] {
		void this.#version;
		return [...this.#byId.values()];
	}

	/** How many records are live and readable. */
	get size(): number {
		void this.#version;
		let live = 0;
		for (const shelf of this.#shelves.values()) live += shelf.list.length;
		return live;
	}

	/** Records that cannot be opened. */
	get damaged(): readonly OpenRecord[] {
		return this.#damaged;
	}

	/** Records whose row says something else than their body. */
	get differing(): readonly OpenRecord[] {
		return this.#differing;
	}

	/** Live records of which two devices changed the same field, until somebody picks. */
	get undecided(): readonly OpenRecord[] {
		return this.#undecided;
	}

	/** Takes in records, each in place of what was known of it. */
	put(records: readonly OpenRecord[]): void {
		const touched = new Map<string, Map<string, OpenRecord | null>>();
		const touch = (kind: string, id: string, now: OpenRecord | null) => {
			const changes = touched.get(kind) ?? new Map<string, OpenRecord | null>();
			touched.set(kind, changes.set(id, now));
		};
		const stood = new Set<string>();
		let marked = false;
		for (const record of records) {
			const before = this.#byId.get(record.id);
			if (before && onShelf(before)) {
				stood.add(before.id);
				touch(before.body.kind, before.id, null);
			}
			this.#byId.set(record.id, record);
			if (onShelf(record)) touch(record.body.kind, record.id, record);
			marked ||= isMarked(record) || (before !== undefined && isMarked(before));
		}
		for (const [kind, changes] of touched) this.#restock(kind, changes, stood);
		if (marked) this.#recount();
		this.#version++;
	}

	/** Forgets the records of a domain that the membership no longer opens. */
	forgetDomain(domain: string): void {
		const kept = [...this.#byId.values()].filter((record) => record.domain !== domain);
		if (kept.length === this.#byId.size) return;
		this.clear();
		this.put(kept);
	}

	clear(): void {
		this.#byId.clear();
		// Screens may hold on to a shelf: it is emptied, not replaced.
		for (const shelf of this.#shelves.values()) shelf.list = NONE;
		this.#recount();
		this.#version++;
	}

	#shelf(kind: string): Shelf {
		let shelf = this.#shelves.get(kind);
		if (!shelf) {
			this.#shelves.set(kind, (shelf = new Shelf()));
			this.#shelfCount++;
		}
		return shelf;
	}

	/**
	 * Writes changes into a copy of a kind's array: in place where the record stood, new ones at the end.
	 * @param stood ids of those that were on a shelf
	 */
	#restock(kind: string, changes: Map<string, OpenRecord | null>, stood: ReadonlySet<string>): void {
		const shelf = this.#shelf(kind);
		// While an entity is opened page by page every record is new, and looking for it would cost the square of them.
		const known = [...changes.keys()].some((id) => stood.has(id));
		const list: OpenRecord[] = known ? [] : [...shelf.list];
		for (const record of known ? shelf.list : NONE) {
			const change = changes.get(record.id);
			if (change === undefined) list.push(record);
			else if (change !== null) list.push(change);
			changes.delete(record.id);
		}
		for (const change of changes.values()) if (change !== null) list.push(change);
		shelf.list = list;
	}

	#recount(): void {
		const records = [...this.#byId.values()];
		this.#damaged = records.filter((record) => record.damaged);
		this.#differing = records.filter((record) => record.differs || record.withheld);
		this.#undecided = records.filter((record) => onShelf(record) && isUndecided(record.body));
	}
}

function onShelf(record: OpenRecord): boolean {
	return record.state === 'live' && !record.damaged;
}

function isMarked({ damaged, differs, withheld, body }: OpenRecord): boolean {
	return damaged === true || differs === true || withheld === true || isUndecided(body);
}
