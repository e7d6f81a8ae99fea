import type { Result } from '../api/record.ts';
import type { PullPlace, StoredRecord, StoreUpdate, WaitingChange } from '../device/record-store.ts';
import type { EntityCopy } from './entity-copy.ts';
import { judgeRecord, keptRow } from './judge-record.ts';
import { afterAccepted, afterRefusal, afterStale, mergeOnto, stateOf } from './outbox-rules.ts';
import type { ChainUpdate } from './outbox-rules.ts';
import { newReports } from './report.ts';
import { sameJson } from './same-json.ts';

/** What the answers to a batch change on this device, as one commit; `unsettled` are ids of records left as they were. */
export interface Settled {
	update: Required<Pick<StoreUpdate, 'records' | 'drop' | 'put' | 'reports'>> & Pick<StoreUpdate, 'place' | 'goesOn'>;
	unsettled: string[];
	/** Ids of records whose domain has a newer key than the change was sealed with. */
	stale: string[];
}

/**
 * Plans what the answers mean: an accepted change becomes the row, in the commit in which it leaves the outbox; one that
 * met another device's is merged with it; one the server will not take is kept as refused. A conflict with less than
 * what this device has seen is not believed here: the next pull tells a restore from a lie.
 */
export function settleResults(copy: EntityCopy, sent: readonly WaitingChange[], results: readonly Result[]): Settled {
	const update: Settled['update'] = { records: [], drop: [], put: [], reports: [] };
	const unsettled: string[] = [];
	const stale: string[] = [];
	const landed: StoredRecord[] = [];
	results.forEach((result, index) => {
		const change = sent[index];
		const chain = copy.chainOf(result.id);
		if (!change || chain[0]?.change !== change.change) return;
		const outcome = settle(copy, chain[0], result);
		if (result.status === 'stale-generation') stale.push(result.id);
		if (!outcome) return void unsettled.push(result.id);
		if (outcome.row) update.records = [...update.records, outcome.row];
		if (outcome.landed) landed.push(outcome.landed);
		update.drop = [...update.drop, ...(outcome.chain.drop ?? [])];
		update.put = [...update.put, ...(outcome.chain.put ?? [])];
		if (outcome.chain.editInBin) update.reports = [...update.reports, ...newReports(copy, 'edit-in-bin', result.id)];
	});
	const place = copy.place && movedPlace(copy.place, landed);
	if (place) Object.assign(update, { place, goesOn: true });
	return { update, unsettled, stale };
}

interface Outcome {
	chain: ChainUpdate;
	row?: StoredRecord;
	landed?: StoredRecord;
}

function settle(copy: EntityCopy, change: WaitingChange, result: Result): Outcome | null {
	const chain = copy.chainOf(result.id);
	if (result.status === 'accepted') {
		const { chain: left, row, landed } = accepted(copy, change, rowOf(copy, change, result.rev, result.seq));
		return change.anew ? { chain: left, row } : { chain: left, row, landed };
	}
	if (result.status === 'stale-generation') return { chain: afterStale(chain) };
	if (result.status !== 'conflict')
		return { chain: afterRefusal(chain, result.status, result.problem.detail ?? result.problem.title) };
	const { current } = result;
	const known = copy.rows.get(current.id);
	const verdict = judgeRecord(known, current);
	if (verdict === 'older-revision' || verdict === 'other-bytes' || current.domain !== change.domain) return null;
	// Somebody wrote on it under a key that this person does not hold yet.
	if (verdict === 'no-key') return null;
	if (BigInt(current.rev) <= BigInt(change.base)) return null;
	const row = keptRow(known, current, verdict) ?? undefined;
	if (verdict === 'damaged' || row?.unread) return { chain: afterRefusal(chain, 'damaged', row?.unread ?? ''), row };
	// Another tab sent the very same, or an earlier try arrived after all: nothing is in dispute.
	if (current.plain && sameJson(current.plain, change.plain)) return accepted(copy, change, current);
	return { chain: mergeOnto(chain, current, copy.ports.account), row };
}

/** Of a change accepted long ago there may be a later revision by now; that one stays. */
function accepted(copy: EntityCopy, change: WaitingChange, row: StoredRecord): Outcome {
	const known = copy.rows.get(row.id);
	const behind = known !== undefined && BigInt(known.rev) >= BigInt(row.rev);
	return { chain: afterAccepted(copy.chainOf(row.id), row.rev), landed: row, ...(behind ? {} : { row }) };
}

function rowOf(copy: EntityCopy, change: WaitingChange, rev: string, seq: string): StoredRecord {
	const { id, domain, plain, generation, anew } = change;
	const author = copy.ports.account;
	const updatedAt = typeof plain.meta.at === 'string' ? plain.meta.at : '';
	const layer = generation === undefined || anew ? {} : { generation, signer: author };
	return { id, domain, rev, seq, author, state: stateOf(plain), updatedAt, plain, ...layer };
}

/** Past the sequences that follow the last one known without a gap; null where there are none. */
function movedPlace(place: PullPlace, landed: readonly StoredRecord[]): PullPlace | null {
	const after = { ...place.after };
	let moved = false;
	for (const { domain, seq } of [...landed].sort((a, b) => (BigInt(a.seq) < BigInt(b.seq) ? -1 : 1))) {
		const last = after[domain];
		if (last === undefined || BigInt(seq) !== BigInt(last) + 1n) continue;
		after[domain] = seq;
		moved = true;
	}
	return moved ? { ...place, after } : null;
}
