import { listChanges, valuePicker } from '../../kinds/index.ts';
import type { Kind, KindRecord, RecordBody } from '../../kinds/index.ts';
import type { Names } from '../record-names.ts';
import type { SearchRequest, SlotValues } from './search-desk.ts';

/** So many records are told at a time: making their JSON takes less than a frame, on a phone too. */
const BATCH = 500;

/** Knows what of a list the worker has, and what it has yet to be told, batch by batch. */
export class ListFeed {
	readonly #kind: Kind;
	readonly #pick: ReturnType<typeof valuePicker>;
	/** Where each record stands in the index; a slot is never given out again. */
	readonly #slots = new Map<string, number>();
	#nextSlot = 0;
	#records: readonly KindRecord[] = [];
	#names: Names = new Map();
	/** Bodies by slot, null for a record that left. */
	readonly #untold = new Map<number, RecordBody | null>();
	#renamed = new Map<string, string | null>();

	constructor(kind: Kind) {
		this.#kind = kind;
		this.#pick = valuePicker(kind);
	}

	/** A record's slot, and -1 for one that is not in the list. */
	slotOf(id: string): number {
		return this.#slots.get(id) ?? -1;
	}

	/** The list as it is now, and what the records it refers to are called. */
	take(records: readonly KindRecord[], names: Names): void {
		const { gone, come } = listChanges(this.#records, records);
		for (const { id } of gone) this.#untold.set(this.slotOf(id), null);
		for (const place of come) {
			const record = records[place];
			if (record) this.#tell(record);
		}
		for (const { id } of gone) if (this.#untold.get(this.slotOf(id)) === null) this.#slots.delete(id);
		this.#records = records;
		if (names !== this.#names) this.#rename(names);
	}

	/** What to tell the worker next; null when it knows everything. */
	next(): (SearchRequest & { verb: 'keep' }) | null {
		if (this.#untold.size === 0 && this.#renamed.size === 0) return null;
		const records: SlotValues[] = [];
		for (const [slot, body] of this.#untold) {
			if (records.length === BATCH) break;
			records.push([slot, body && this.#pick(body.values)]);
			this.#untold.delete(slot);
		}
		const names = [...this.#renamed];
		this.#renamed = new Map();
		return { verb: 'keep', kind: this.#kind.name, records: JSON.stringify(records), names };
	}

	#tell({ id, body }: KindRecord): void {
		let slot = this.#slots.get(id);
		if (slot === undefined) this.#slots.set(id, (slot = this.#nextSlot++));
		this.#untold.set(slot, body);
	}

	/** Who refers to a record that is called something else now has another text. */
	#rename(names: Names): void {
		const renamed = new Map<string, string | null>();
		for (const [id, name] of names) if (this.#names.get(id) !== name) renamed.set(id, name);
		for (const id of this.#names.keys()) if (!names.has(id)) renamed.set(id, null);
		this.#names = names;
		if (renamed.size === 0) return;
		for (const [id, name] of renamed) this.#renamed.set(id, name);
		for (const record of this.#records) if (mentions(this.#pick(record.body.values), renamed)) this.#tell(record);
	}
}

/** Whether one of these ids stands anywhere in a value. */
function mentions(value: unknown, ids: ReadonlyMap<string, unknown>): boolean {
	if (typeof value === 'string') return ids.has(value);
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some((part) => mentions(part, ids));
}
