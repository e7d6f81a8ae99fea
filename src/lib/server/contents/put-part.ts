import { createHash } from 'node:crypto';
import type { PartAnswer } from '../../api/contents.ts';
import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { refuse } from '../http/refusal.ts';
import { letGo } from '../let-go.ts';
import { partPlace } from '../system-layer/index.ts';
import type { PartPlace } from '../system-layer/index.ts';
import { askStorage, findPart, objectOf } from './content-place.ts';
import { openStored } from './get-part.ts';
import { inTurn } from './in-turn.ts';

/** A part that the browser sealed begins so (`sealPart`). */
const SEALED = [0x01, 0x12];

/**
 * Stores a part, sealed as one envelope. What is there already stays: the answer then tells the hash of that.
 * @param bytes as the browser sent it, handed over.
 * @throws Refusal `content/not-found`, `content/not-open`, `content/no-layer`, `record/over-quota`.
 */
export async function putPart(
	arca: Arca,
	person: Person,
	which: { id: string; n: string },
	bytes: Uint8Array
): Promise<PartAnswer> {
	const place = await findPart(arca, person, 'begin_part', which);
	if (place.generation !== null && SEALED.some((byte, at) => bytes[at] !== byte)) throw refuse('content/no-layer');
	return inTurn(objectOf(place), () => store(arca, person, place, bytes));
}

async function store(arca: Arca, person: Person, place: PartPlace, bytes: Uint8Array): Promise<PartAnswer> {
	const { part } = place;
	const size = bytes.byteLength;
	const sealed = arca.systemLayer.sealWithin(partPlace(place), bytes) as Uint8Array<ArrayBuffer>;
	const asked = askStorage(arca, person, objectOf(place), {
		method: 'POST',
		headers: { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' },
		body: sealed
	});
	// A hosted backend was sent a copy (Fetch, "extract a body"); an embedded one let go of it already, unless it refused.
	const answer = await asked.finally(() => letGo(sealed));
	if (answer.ok) {
		await answer.body?.cancel();
		return { part, size };
	}
	const { statusCode, error } = (await answer.json().catch(() => ({}))) as { statusCode?: unknown; error?: unknown };
	if (statusCode === '409' || error === 'Duplicate') {
		const stored = await openStored(arca, person, place);
		return { part, size: stored.byteLength, hash: createHash('sha256').update(stored).digest('base64url') };
	}
	throw answer.status >= 500 ? refuse('server/unavailable') : refuse('content/not-open');
}
