import type { Domain } from '../api/ids.ts';
import type { WaitingChange } from '../device/record-store.ts';
import { layerOf } from './layers.ts';
import type { Layers } from './layers.ts';

/** Changes as they will travel, and those that do not leave. */
export interface Ready {
	ready: WaitingChange[];
	/** These wait on, where there is something to tell for the reason in `trouble`. */
	heldBack: WaitingChange[];
	trouble: Error | null;
	/** No record's JSON, or too strange a place: what cannot be sealed will never be. */
	unfit: WaitingChange[];
}

/**
 * Seals changes that are about to leave for domains with a user layer: once, since what is sent again must be the same
 * bytes. One that was sealed before stays as it is, also under an older generation: the server may have it, and says so
 * where it does not take it.
 * @param sealedOnly domains from which nothing may leave in the clear, whether the accepted roster has a layer or not
 * @throws KeysError `keys/locked`
 */
export async function sealChanges(
	layers: Layers,
	entity: string,
	changes: readonly WaitingChange[],
	sealedOnly: readonly Domain[] = []
): Promise<Ready> {
	const left = new Set<WaitingChange>();
	const sealed = new Map<WaitingChange, WaitingChange>();
	const unfit: WaitingChange[] = [];
	let trouble: Error | null = null;
	const clear = changes.filter((change) => change.sealed === undefined);
	for (const [domain, ones] of Map.groupBy(clear, (change) => change.domain)) {
		if (layerOf(layers, entity, domain) === null) {
			if (sealedOnly.includes(domain)) ones.forEach((one) => left.add(one));
			continue;
		}
		try {
			const made = await sealEach(layers, entity, domain, ones);
			ones.forEach((one, at) => {
				const change = made[at];
				if (change) sealed.set(one, change);
				else unfit.push(one);
			});
		} catch (error) {
			// Without the domain's key nothing of it can leave; what belongs to others can.
			if (!hasCode(error, 'crypto/no-key') && !hasCode(error, 'keys/no-layer')) throw error;
			trouble = error;
			ones.forEach((one) => left.add(one));
		}
	}
	const heldBack = [...left];
	unfit.forEach((one) => left.add(one));
	const ready = changes.filter((change) => !left.has(change)).map((change) => sealed.get(change) ?? change);
	return { ready, heldBack, trouble, unfit };
}

/** A change without the envelope it had: its place or its body is another, or its generation is not taken any more. */
export function unsealed({
	sealed: _sealed,
	generation: _generation,
	anew: _anew,
	...change
}: WaitingChange): WaitingChange {
	return change;
}

/** Null for one that cannot be sealed: one by one where they do not all go together. */
async function sealEach(
	layers: Layers,
	entity: string,
	domain: Domain,
	changes: readonly WaitingChange[]
): Promise<(WaitingChange | null)[]> {
	const bodies = changes.map(({ id, base, plain }) => ({ id, rev: String(BigInt(base) + 1n), plain }));
	try {
		const made = (await layers.keys?.seal(entity, domain, bodies)) ?? [];
		return changes.map((change, at) => {
			const body = made[at];
			// What left before in the clear may have been taken as it was: then the row is not what is sealed now.
			return body ? { ...change, ...body, ...(change.tried ? { anew: true } : {}) } : null;
		});
	} catch (error) {
		if (!hasCode(error, 'crypto/input')) throw error;
		if (changes.length === 1) return [null];
		const each: (WaitingChange | null)[] = [];
		for (const change of changes) each.push(...(await sealEach(layers, entity, domain, [change])));
		return each;
	}
}

function hasCode(error: unknown, code: string): error is Error {
	return error instanceof Error && (error as { code?: unknown }).code === code;
}
