import type { Report } from './record-store.ts';

/** Tells that cached pages of an entity did not open, and were dropped; the server has what was in them. */
export function cacheLost(entity: string): Report {
	return { id: crypto.randomUUID(), entity, record: null, what: 'cache-lost', at: new Date().toISOString() };
}

/** Tells that a change that waited did not open, and was dropped: it reached nobody. */
export function changeLost(entity: string, record: string): Report {
	return { id: crypto.randomUUID(), entity, record, what: 'damaged', at: new Date().toISOString() };
}

/** Tells that a change that waits was sealed under an earlier key of the person's: it is kept, and does not open now. */
export function changeAway(entity: string, record: string): Report {
	return { id: crypto.randomUUID(), entity, record, what: 'sealed-away', at: new Date().toISOString() };
}
