import type { Record as RecordRow } from '../api/record.ts';
import { sameJson } from './same-json.ts';

/**
 * - `new`, `newer`: to be taken in. `same`: known already.
 * - `older-revision`: below what this device has seen. `other-bytes`: the revision it has, with another body.
 * - `withheld`: the row says it is deleted, and no body says so. `damaged`: the server cannot open it.
 */
export type Verdict = 'new' | 'same' | 'newer' | 'older-revision' | 'other-bytes' | 'withheld' | 'damaged';

export type Judge = (known: RecordRow | undefined, incoming: RecordRow) => Verdict;

/**
 * Judges a row the server gave against the one this device has, within one epoch. The body decides; the row's columns
 * are claims. (protocol.md, section 9: kept revisions; an equal revision and generation with other bytes is an alarm.)
 */
export function judgeRecord(known: RecordRow | undefined, incoming: RecordRow): Verdict {
	// A body that is missing without a reason is as good as one that does not open.
	const damaged = incoming.damaged === true || (!hasBody(incoming) && incoming.state === 'live');
	if (!known) return damaged ? 'damaged' : 'new';
	const step = BigInt(incoming.rev) - BigInt(known.rev);
	if (step < 0n) return 'older-revision';
	if (isSame(known, incoming)) return 'same';
	if (damaged) return 'damaged';
	if (claimsGone(incoming) && !saysGone(incoming) && !saysGone(known) && hasBody(known)) return 'withheld';
	if (step > 0n || known.damaged || isWithheld(known)) return 'newer';
	// The same body sealed under another key of its domain is no other body.
	const resealed = incoming.generation !== known.generation && incoming.sealed !== undefined;
	return resealed || sameBody(known, incoming) ? 'newer' : 'other-bytes';
}

/**
 * The row to keep for one that was judged: as it came, or where its body is withheld or damaged with the body this
 * device has. Null where nothing is to be kept anew.
 */
export function keptRow(known: RecordRow | undefined, incoming: RecordRow, verdict: Verdict): RecordRow | null {
	if (verdict === 'new' || verdict === 'newer') return incoming;
	if (verdict === 'withheld' || verdict === 'damaged') {
		const { plain = known?.plain, sealed = known?.sealed, ...row } = incoming;
		return { ...row, ...(plain === undefined ? {} : { plain }), ...(sealed === undefined ? {} : { sealed }) };
	}
	return null;
}

/** Whether a row claims to be deleted while the body kept with it does not say so. */
export function isWithheld(row: RecordRow): boolean {
	return claimsGone(row) && hasBody(row) && !saysGone(row);
}

function isSame(known: RecordRow, incoming: RecordRow): boolean {
	if (known.rev !== incoming.rev || known.seq !== incoming.seq || known.state !== incoming.state) return false;
	if (known.generation !== incoming.generation || known.damaged !== incoming.damaged) return false;
	if (isWithheld(known) && !hasBody(incoming)) return true;
	return known.damaged === true || sameBody(known, incoming);
}

function sameBody(a: RecordRow, b: RecordRow): boolean {
	return a.sealed === b.sealed && sameJson(a.plain, b.plain);
}

function claimsGone(row: RecordRow): boolean {
	return row.state !== 'live';
}

function saysGone(row: RecordRow): boolean {
	return row.plain?.meta.deleted === true;
}

function hasBody(row: RecordRow): boolean {
	return row.plain !== undefined || row.sealed !== undefined;
}
