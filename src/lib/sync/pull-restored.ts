import type { Domain } from '../api/ids.ts';
import { MOST_ROWS } from '../api/record.ts';
import type { PullAnswer } from '../api/record.ts';
import type { PullPlace, StoredRecord, StoreUpdate, WaitingChange } from '../device/record-store.ts';
import type { ApiClient } from './api-client.ts';
import { ApiError } from './api-error.ts';
import type { EntityCopy } from './entity-copy.ts';
import { mergeBodies } from './merge-bodies.ts';
import { standOn } from './outbox-rules.ts';
import { advances, pickDomains } from './pull-place.ts';
import { newReports } from './report.ts';
import { sameJson } from './same-json.ts';
import { unsealed } from './seal-changes.ts';

/**
 * The server was restored from a backup: pulls everything and believes it. What this device has that is newer (a higher
 * revision, other bytes, a record that is not there) is held in front of what waits of that record, and shown as it was,
 * until the person says whether it is to be pushed back. One commit; broken off before, it begins again.
 */
export async function pullRestored(
	copy: EntityCopy,
	client: ApiClient,
	domains: readonly Domain[],
	signal?: AbortSignal
): Promise<void> {
	const rows = new Map<string, StoredRecord>();
	let after: PullPlace['after'] = Object.fromEntries(domains.map((domain) => [domain, '0']));
	let epoch: string | null = null;
	let page: PullAnswer;
	do {
		page = await client.call('pullRecords', { body: { entity: copy.entity, after, limit: MOST_ROWS }, signal });
		// Restored once more meanwhile: the next pass begins anew.
		if (epoch !== null && page.epoch !== epoch) throw new ApiError('sync/bad-answer', 200, 'epoch');
		if (page.more && !advances(after, page.after)) throw new ApiError('sync/bad-answer', 200, 'after');
		epoch = page.epoch;
		after = { ...after, ...pickDomains(page.after, domains) };
		// No record leaves its domain, also not by a restore: one that did is taken for missing.
		const ours = page.records.filter(({ id, domain }) => (copy.rows.get(id)?.domain ?? domain) === domain);
		for (const row of ours) if (domains.includes(row.domain)) rows.set(row.id, row);
	} while (page.more);
	const { restoredFrom } = page;
	const place: PullPlace = { epoch, after, restoredFrom };
	await copy.change(() => planRestored(copy, rows, place, domains));
}

function planRestored(
	copy: EntityCopy,
	rows: ReadonlyMap<string, StoredRecord>,
	place: PullPlace,
	domains: readonly Domain[]
): Omit<StoreUpdate, 'entity'> {
	const records: StoredRecord[] = [];
	const held: WaitingChange[] = [];
	for (const known of copy.rows.values()) {
		if (!domains.includes(known.domain)) continue;
		const row = rows.get(known.id);
		const newer = newerHere(copy, known, row, place.restoredFrom ?? null);
		if (newer) held.push(newer);
		if (!row) records.push({ ...known, rev: '0', seq: '0' });
	}
	for (const row of rows.values()) {
		const known = copy.rows.get(row.id);
		if (!known || !sameJson(known, row)) records.push(row);
	}
	const put: WaitingChange[] = [...held];
	const drop: string[] = [];
	const holding = new Set(held.map(({ id }) => id));
	for (const id of new Set(copy.waiting.map((change) => change.id))) {
		const chain = copy.chainOf(id);
		const own = chain.filter(({ state }) => state !== 'held');
		if (holding.has(id)) {
			// What is held stands in front: what waits is put behind it again.
			drop.push(...chain.map(({ change }) => change));
			put.push(...own.map((change) => ({ ...unsealed(change), change: crypto.randomUUID(), tried: false })));
		} else if (!domains.includes(chain[0]?.domain ?? 'chat')) {
			continue;
		} else if (BigInt(chain[0]?.base ?? '0') > BigInt(rows.get(id)?.rev ?? '0') || own.length < chain.length) {
			// It stands on a revision that is not there any more, or on one that was held and is there by now.
			const moved = standOn(own, rows.get(id), copy.ports.account);
			drop.push(...chain.map(({ change }) => change));
			put.push(...(moved.put ?? []));
		}
	}
	const reports = newReports(copy, 'restored', null, place.restoredFrom ?? undefined);
	return { records, drop, put, reports, place, goesOn: true };
}

/** What this device has of a record and the restored server has not, as a change to push back; null where it has all. */
function newerHere(
	copy: EntityCopy,
	known: StoredRecord,
	row: StoredRecord | undefined,
	restoredFrom: string | null
): WaitingChange | null {
	const earlier = copy.chainOf(known.id).find(({ state }) => state === 'held');
	const mine = earlier?.plain ?? known.plain;
	if (!mine || sameJson(mine, row?.plain)) return null;
	const step = row ? BigInt(known.rev) - BigInt(row.rev) : 1n;
	const since = (one: StoredRecord) => restoredFrom !== null && Date.parse(one.updatedAt) > Date.parse(restoredFrom);
	if (step < 0n && !since(known) && !earlier) return null;
	// Written after the restore by another device: neither stands on the other, so both are kept.
	const both = row?.plain && (step <= 0n || since(row));
	const plain = both ? mergeBodies(null, mine, row.plain ?? mine, copy.ports.account).body : mine;
	const { entity } = copy;
	const { id, domain } = known;
	const base = row?.rev ?? '0';
	const before = row?.plain ?? null;
	return { change: crypto.randomUUID(), entity, id, domain, base, tried: false, state: 'held', plain, before };
}
