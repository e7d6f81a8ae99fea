import type { Plain } from '../api/record.ts';
import type { StoreUpdate, WaitingChange } from '../device/record-store.ts';
import type { EntityCopy } from './entity-copy.ts';
import { isBad } from './judge-record.ts';
import { mergeBodies } from './merge-bodies.ts';
import { queueSave } from './outbox-rules.ts';
import type { LocalSave } from './replica.ts';
import { sameJson } from './same-json.ts';

/**
 * Plans saves as one commit. A draft that began from another body than the one that stands is merged with it here, so
 * that what came meanwhile is not overwritten unseen; a save that says what stands already writes nothing, unless what
 * the server has of the record was not taken or was changed by hand: saving it again is how a person puts it right.
 * @returns the records' ids, in order, and the update (null: nothing to write)
 */
export function planSaves(
	copy: EntityCopy,
	requests: readonly LocalSave[]
): { ids: string[]; update: Omit<StoreUpdate, 'entity'> | null } {
	const { entity, account } = copy.ports;
	const at = copy.ports.now().toISOString();
	// What earlier saves of this very list made of a record.
	const planned = new Map<string, readonly WaitingChange[]>();
	const dropped = new Set<string>();
	const changedThere = copy.reports.filter(({ what }) => what === 'other-bytes');
	const repairable = new Set(changedThere.map(({ record }) => record));
	const ids = requests.map(({ id: given, domain: wanted, body, from }) => {
		const id = given ?? crypto.randomUUID();
		const chain = planned.get(id) ?? copy.chainOf(id);
		const row = copy.rows.get(id);
		const current = chain.at(-1)?.plain ?? row?.plain;
		const mine: Plain = { ...body, meta: { ...body.meta, at } };
		const moved = current && from && !sameJson(from, current);
		const plain = moved ? mergeBodies(from, mine, current, account).body : mine;
		const wrongThere = repairable.has(id) || (row !== undefined && isBad(row));
		if (current && saysTheSame(plain, current) && !wrongThere) return id;
		const domain = row?.domain ?? chain.at(-1)?.domain ?? wanted;
		const { drop = [], put = [] } = queueSave(chain, row, { entity, id, domain, plain });
		drop.forEach((change) => dropped.add(change));
		const replaced = new Set([...drop, ...put.map(({ change }) => change)]);
		planned.set(id, [...chain.filter(({ change }) => !replaced.has(change)), ...put]);
		return id;
	});
	const known = new Set(copy.waiting);
	const put = [...planned.values()].flat().filter((change) => !known.has(change));
	if (put.length === 0 && dropped.size === 0) return { ids, update: null };
	return { ids, update: { put, drop: [...dropped] } };
}

/** Whether two bodies differ in nothing but the moment they were made. */
function saysTheSame(a: Plain, b: Plain): boolean {
	return sameJson({ ...a, meta: { ...a.meta, at: '' } }, { ...b, meta: { ...b.meta, at: '' } });
}
