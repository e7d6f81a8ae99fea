import type { Kind } from './define-kind.ts';
import type { Look } from './display-value.ts';
import { listChanges } from './list-changes.ts';
import type { KindRecord } from './record-body.ts';
import { keyOrder, keyReader, sortRecords, type Sort, type SortKey } from './sort-records.ts';

/** So many changed records are moved one by one; for more, sorting anew is no slower. */
const FEW = 64;

interface Kept<R extends KindRecord> {
	readonly records: readonly R[];
	readonly sorted: readonly R[];
	readonly kind: Kind;
	readonly sort: Sort;
	readonly look: Look;
}

/** Keeps a list in order, so that saving one record of 100,000 moves that one instead of sorting all. */
export class KeptOrder<R extends KindRecord> {
	#kept: Kept<R> | undefined;

	/** The records in order, as `sortRecords` has them. Equal questions (the same objects) get the same array. */
	order(records: readonly R[], kind: Kind, sort: Sort, look: Look): readonly R[] {
		const kept = this.#kept;
		const alike = kept?.kind === kind && kept.sort === sort && kept.look === look ? kept : undefined;
		if (alike?.records === records) return alike.sorted;
		const sorted = (alike && moveFew(alike, records)) ?? sortRecords(records, kind, sort, look);
		this.#kept = { records, sorted, kind, sort, look };
		return sorted;
	}
}

/** The order of a list of which few records changed; null where too many did, or there is nothing to order by. */
function moveFew<R extends KindRecord>(before: Kept<R>, records: readonly R[]): R[] | null {
	const { kind, sort, look } = before;
	const field = kind.fields[sort.by];
	const { gone, come } = listChanges(before.records, records);
	if (field === undefined || gone.length + come.length > FEW) return null;
	const left = new Set(gone);
	const sorted = before.sorted.filter((record) => !left.has(record));
	const keyOf = keyReader(field, sort.by, look);
	const rising = keyOrder(look.locale);
	const compare = (a: SortKey, b: SortKey) =>
		a === null || b === null || !sort.descending ? rising(a, b) : rising(b, a);
	for (const place of come) {
		const record = records[place] as R;
		const key = keyOf(record);
		const first = firstWhere(sorted, (other) => compare(keyOf(other), key) >= 0);
		const end = firstWhere(sorted, (other) => compare(keyOf(other), key) > 0);
		sorted.splice(placeAmong(sorted, first, end, records, place), 0, record);
	}
	return sorted;
}

/** Where a record stands among its equals, which keep the order of the list they come from. */
function placeAmong<R>(sorted: readonly R[], first: number, end: number, records: readonly R[], place: number): number {
	if (first === end || place === records.length - 1) return end;
	const equals = new Map(sorted.slice(first, end).map((record, at) => [record, first + at]));
	for (let later = place + 1; later < records.length; later += 1) {
		const at = equals.get(records[later] as R);
		if (at !== undefined) return at;
	}
	return end;
}

/** The first place whose record is so, in a list where all after it are; its length where none is. */
function firstWhere<R>(list: readonly R[], isSo: (record: R) => boolean): number {
	let [low, high] = [0, list.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (isSo(list[middle] as R)) high = middle;
		else low = middle + 1;
	}
	return low;
}
