import { saysPurged } from '../api/purged-body.ts';
import type { Plain } from '../api/record.ts';
import type { MergedBody } from './merge-bodies.ts';
import { sameJson } from './same-json.ts';

/**
 * Two bodies of one record, of which one deletes it for good. That holds where the other says nothing new: what somebody
 * changed meanwhile is never lost, and lies in the bin, unless they took it out of there.
 * @param before the body both began from; null where there is none
 * @returns null where neither deletes it for good
 */
export function mergePurged(before: Plain | null, mine: Plain, theirs: Plain): MergedBody | null {
	if (!saysPurged(mine) && !saysPurged(theirs)) return null;
	const [purge, other] = saysPurged(theirs) ? [theirs, mine] : [mine, theirs];
	const said = whatItSays(other);
	const unchanged = saysPurged(other) || (before !== null && !saysPurged(before) && sameJson(said, whatItSays(before)));
	if (unchanged && (saysPurged(other) || isDeleted(other) || !isDeleted(before)))
		return { body: purge, collided: [], editInBin: false };
	const deleted = isDeleted(other) || !isDeleted(before);
	const meta = { ...other.meta, ...(deleted ? { deleted: true } : {}) };
	return { body: { ...other, meta }, collided: [], editInBin: deleted };
}

/** A body without when it was written and whether it lies in the bin. */
function whatItSays({ meta: { at: _at, deleted: _deleted, ...meta }, ...body }: Plain): Plain {
	return { ...body, meta };
}

function isDeleted(body: Plain | null): boolean {
	return body?.meta.deleted === true;
}
