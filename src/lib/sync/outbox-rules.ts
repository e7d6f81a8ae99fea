import type { StoredRecord, StoreUpdate, WaitingChange } from '../device/record-store.ts';
import type { Change, Plain } from '../api/record.ts';
import type { RefusalReason } from '../device/record-store.ts';
import { mergeBodies } from './merge-bodies.ts';
import { sameJson } from './same-json.ts';
import { unsealed } from './seal-changes.ts';

/** What waits of one record: the first stands on the server's row, each further one on the one before it. */
export type Chain = readonly WaitingChange[];

/** What a rule does to a chain. */
export interface ChainUpdate extends Pick<StoreUpdate, 'drop' | 'put'> {
	/** An edit of one device met another's deletion. */
	editInBin?: boolean;
}

/**
 * A save becomes a waiting change. One that was never sent makes room for it; one that was sent stays, for the server
 * may have it, and the save queues behind it.
 * @param row the server's row as it is known here
 */
export function queueSave(
	chain: Chain,
	row: StoredRecord | undefined,
	save: Pick<WaitingChange, 'entity' | 'id' | 'domain' | 'plain'>
): ChainUpdate {
	const last = chain.at(-1);
	const fresh = { ...save, change: crypto.randomUUID(), tried: false, state: 'waiting' } as const;
	if (!last) return { put: [{ ...fresh, base: row?.rev ?? '0', before: row?.plain ?? null }] };
	const { base, before } = last;
	if (last.state === 'waiting' && !last.tried) return { put: [{ ...fresh, change: last.change, base, before }] };
	// What was refused the server has not kept; but it knows that change's id, so other bytes need another. What met a
	// body that was not taken stands on that one now: it is put right by what is written over it.
	if (last.state === 'refused') {
		const over = last.refusal?.reason === 'damaged' && row ? { base: row.rev, before: row.plain ?? null } : {};
		return { drop: [last.change], put: [{ ...fresh, base, before, ...over }] };
	}
	return { put: [{ ...fresh, base, before: last.plain }] };
}

/** The first change is on the server as revision `rev`: the next one stands on it. */
export function afterAccepted([first, next]: Chain, rev: string): ChainUpdate {
	if (!first) return {};
	return { drop: [first.change], put: next ? [{ ...next, base: rev, before: first.plain }] : [] };
}

/** The server will not take the first change; what was saved since is tried in its place. */
export function afterRefusal([first, next]: Chain, reason: RefusalReason, detail: string): ChainUpdate {
	if (!first) return {};
	if (!next) return { put: [{ ...first, state: 'refused', refusal: { reason, detail } }] };
	return { drop: [first.change], put: [{ ...next, base: first.base, before: first.before }] };
}

/**
 * Another device was first: all that waits of the record becomes one change on top of `row`, merged by field. Where
 * the row says all of it already, nothing waits any more.
 */
export function mergeOnto(chain: Chain, row: StoredRecord, account: string): ChainUpdate {
	const [first, last] = [chain[0], chain.at(-1)];
	if (!first || !last) return {};
	const drop = chain.map(({ change }) => change);
	// A row without a body (purged) says nothing that could be merged: mine is made anew on top of it.
	const merged = row.plain ? mergeBodies(first.before, last.plain, row.plain, account) : null;
	const plain: Plain = merged?.body ?? last.plain;
	if (sameJson(plain, row.plain)) return { drop };
	const { entity, id, domain } = last;
	const change = crypto.randomUUID();
	const before = row.plain ?? null;
	const put: WaitingChange[] = [
		{ change, entity, id, domain, base: row.rev, tried: false, state: 'waiting', plain, before }
	];
	return { drop, put, editInBin: merged?.editInBin };
}

/** All that waits of a record is put on top of what the server has after a restore; where it has nothing, as a new record. */
export function standOn(chain: Chain, row: StoredRecord | undefined, account: string): ChainUpdate {
	if (row) return mergeOnto(chain, row, account);
	const last = chain.at(-1);
	if (!last) return {};
	const drop = chain.map(({ change }) => change);
	const { refusal: _, ...kept } = unsealed(last);
	const change = crypto.randomUUID();
	return { drop, put: [{ ...kept, change, base: '0', before: null, tried: false, state: 'waiting' }] };
}

/** The changes that may be sent now: the first of each record, unless it was refused or is held. */
export function sendable(waiting: readonly WaitingChange[], passOver: ReadonlySet<string>): WaitingChange[] {
	const met = new Set<string>(passOver);
	const heads: WaitingChange[] = [];
	for (const change of waiting) {
		if (met.has(change.id)) continue;
		met.add(change.id);
		if (change.state === 'waiting') heads.push(change);
	}
	return heads;
}

/** A domain's key is another by now: the server took nothing, and the change is sealed anew under its id. */
export function afterStale([first]: Chain): ChainUpdate {
	return first ? { put: [{ ...unsealed(first), tried: false }] } : {};
}

/** A waiting change as it travels. */
export function wireChange({ change, id, domain, base, plain, before, sealed, generation }: WaitingChange): Change {
	const place = { change, id, domain, base, ...newContent(plain, before) };
	if (sealed === undefined) return { ...place, plain };
	return { ...place, sealed, generation, state: stateOf(plain) };
}

/** The content that the record of a file names for the first time: the server keeps no content that nobody named to it. */
function newContent(plain: Plain, before: Plain | null): Pick<Change, 'content'> {
	const { content } = plain.values;
	const isNew = plain.kind === 'file' && typeof content === 'string' && content !== before?.values.content;
	return isNew ? { content } : {};
}

/** What a row's column says of a body. */
export function stateOf({ meta }: Plain): 'live' | 'bin' | 'purged' {
	return meta.purged === true ? 'purged' : meta.deleted === true ? 'bin' : 'live';
}
