import type { Arca } from '../arca.ts';
import type { Person } from '../backend/backend.ts';
import { hasCode } from '../has-code.ts';
import { readWhole } from '../http/one-piece.ts';
import { refuse } from '../http/refusal.ts';
import { partPlace } from '../system-layer/index.ts';
import type { PartPlace } from '../system-layer/index.ts';
import { askStorage, findPart, objectOf } from './content-place.ts';

/**
 * A part as it was sent: nothing of it goes out before all of it has opened.
 * @throws Refusal `content/not-found`, `content/damaged`, `access/limit` when the person's bytes are used up.
 */
export async function getPart(arca: Arca, person: Person, which: { id: string; n: string }): Promise<Uint8Array> {
	const part = await openStored(arca, person, await findPart(arca, person, 'read_content', which));
	const wait = await arca.meter.spend('partBytes', `get:user:${person.id}`, part.byteLength);
	if (wait > 0) throw refuse('access/limit', { headers: { 'retry-after': String(wait) } });
	return part;
}

/** What storage holds in that place, without the system layer. */
export async function openStored(arca: Arca, person: Person, place: PartPlace): Promise<Uint8Array> {
	const answer = await askStorage(arca, person, objectOf(place));
	if (!answer.ok) {
		await answer.body?.cancel();
		throw answer.status >= 500 ? refuse('server/unavailable') : refuse('content/not-found');
	}
	try {
		return arca.systemLayer.openWithin(partPlace(place), await readWhole(answer.body));
	} catch (error) {
		if (!hasCode(error, 'crypto/cannot-open')) throw error;
		throw refuse('content/damaged');
	}
}
