import type { StoredRecord, Unread } from '../device/record-store.ts';
import { sameJson } from './same-json.ts';

/**
 * - `new`, `newer`: to be taken in. `same`: known already.
 * - `older-revision`: below what this device has seen. `other-bytes`: the revision it has, with another body.
 * - `withheld`: the row says it is deleted, and no body says so. `damaged`: the server cannot open it.
 * - `moved`: it stands in another domain, which no record ever leaves: who may read it, and how it is sealed, would change.
 * - what Unread says: there is a user layer, and the body was not taken.
 */
export type Verdict =
	'new' | 'same' | 'newer' | 'older-revision' | 'other-bytes' | 'moved' | 'withheld' | 'damaged' | Unread;

export type Judge = (known: StoredRecord | undefined, incoming: StoredRecord) => Verdict;

/**
 * Judges a row the server gave against the one this device has, within one epoch. The body decides; the row's columns
 * are claims. (protocol.md, section 9: kept revisions; an equal revision and generation with other bytes is an alarm.
 * A body sealed anew says the same under the same revision, whatever the generation: so here it is what it says that counts.)
 */
export function judgeRecord(known: StoredRecord | undefined, incoming: StoredRecord): Verdict {
	// A body that is missing without a reason is as good as one that does not open.
	const damaged = incoming.damaged === true || (!incoming.plain && incoming.state === 'live');
	const bad = incoming.unread ?? (damaged ? 'damaged' : null);
	if (!known) return bad ?? 'new';
	if (known.domain !== incoming.domain) return 'moved';
	const step = BigInt(incoming.rev) - BigInt(known.rev);
	if (step < 0n) return 'older-revision';
	if (isSame(known, incoming)) return 'same';
	if (bad) return bad;
	if (claimsGone(incoming) && !saysGone(incoming) && !saysGone(known) && known.plain) return 'withheld';
	const later = step > 0n || isBad(known) || isWithheld(known);
	// Whoever writes on top of a body of some generation writes under that one, or a later.
	if (later && incoming.plain && sealedUnder(incoming) < sealedUnder(known)) return 'retired';
	if (later) return 'newer';
	if (!sameBody(known, incoming)) return 'other-bytes';
	return sealedUnder(incoming) < sealedUnder(known) ? 'same' : 'newer';
}

/**
 * The row to keep for one that was judged: as it came, or where its body is not taken with the body this device has.
 * Null where nothing is to be kept anew.
 */
export function keptRow(
	known: StoredRecord | undefined,
	incoming: StoredRecord,
	verdict: Verdict
): StoredRecord | null {
	switch (verdict) {
		case 'new':
		case 'newer':
			return incoming;
		case 'same':
		case 'older-revision':
		case 'other-bytes':
		case 'moved':
			return null;
		case 'withheld':
		case 'damaged':
			return withBodyOf(known, incoming);
		default:
			return { ...withBodyOf(known, incoming), unread: verdict };
	}
}

/** Whether a row claims to be deleted while the body kept with it does not say so. */
export function isWithheld(row: StoredRecord): boolean {
	return claimsGone(row) && row.plain !== undefined && !saysGone(row);
}

/** Whether what the server has of it could not be taken: a body that is kept with it is what this device had before. */
export function isBad(row: StoredRecord): boolean {
	return row.damaged === true || row.unread !== undefined;
}

/** The columns of what came, with the body of what is known and the facts of how that was sealed. */
function withBodyOf(known: StoredRecord | undefined, incoming: StoredRecord): StoredRecord {
	if (!known?.plain) return incoming;
	const { plain: _plain, signer: _signer, generation: _generation, ...row } = incoming;
	const { plain, signer, generation } = known;
	return {
		...row,
		plain,
		...(signer === undefined ? {} : { signer }),
		...(generation === undefined ? {} : { generation })
	};
}

function isSame(known: StoredRecord, incoming: StoredRecord): boolean {
	if (known.rev !== incoming.rev || known.seq !== incoming.seq || known.state !== incoming.state) return false;
	if (known.damaged !== incoming.damaged || known.unread !== incoming.unread) return false;
	if (isBad(known) || (isWithheld(known) && !incoming.plain)) return true;
	return known.generation === incoming.generation && sameBody(known, incoming);
}

/** Where both are signed, by the same account. */
function sameBody(a: StoredRecord, b: StoredRecord): boolean {
	const signed = a.signer === undefined || b.signer === undefined || a.signer === b.signer;
	return signed && sameJson(a.plain, b.plain);
}

/** The generation a body was opened under; 0 without a user layer, and where the row's word is all there is. */
function sealedUnder({ signer, generation = 0 }: StoredRecord): number {
	return signer === undefined ? 0 : generation;
}

function claimsGone(row: StoredRecord): boolean {
	return row.state !== 'live';
}

function saysGone(row: StoredRecord): boolean {
	return row.plain?.meta.deleted === true;
}
