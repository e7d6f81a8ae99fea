import type { KindRecord } from './record-body.ts';

/** What a list of records lost since it was another, and the places in it of what it has gained, rising. */
export interface ListChanges<R extends KindRecord> {
	readonly gone: readonly R[];
	readonly come: readonly number[];
}

/**
 * What changed from one list to a later one of the same records: a replaced record is gone and has come. Made for lists
 * in which records keep their places and new ones join at the end; for any other it says more than there was.
 */
export function listChanges<R extends KindRecord>(before: readonly R[], after: readonly R[]): ListChanges<R> {
	const gone: R[] = [];
	const come: number[] = [];
	let place = 0;
	for (const record of before) {
		const now = after[place];
		if (now === record) place += 1;
		else {
			gone.push(record);
			if (now?.id === record.id) come.push(place++);
		}
	}
	for (; place < after.length; place += 1) come.push(place);
	return { gone, come };
}
