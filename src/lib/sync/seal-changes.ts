import type { Domain } from '../api/ids.ts';
import type { WaitingChange } from '../device/record-store.ts';
import { layerOf } from './layers.ts';
import type { Layers } from './layers.ts';

/** Changes as they will travel, and those that cannot leave now: they wait on, for the reason that is thrown last. */
export interface Ready {
	ready: WaitingChange[];
	heldBack: WaitingChange[];
	trouble: Error | null;
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
	const sealed = new Map<string, WaitingChange>();
	const heldBack: WaitingChange[] = [];
	let trouble: Error | null = null;
	const clear = changes.filter((change) => change.sealed === undefined);
	for (const [domain, ones] of Map.groupBy(clear, (change) => change.domain)) {
		try {
			if (layerOf(layers, entity, domain)) {
				for (const one of await sealAll(layers, entity, domain, ones)) sealed.set(one.change, one);
			} else if (sealedOnly.includes(domain)) heldBack.push(...ones);
		} catch (error) {
			// Without the domain's key nothing of it can leave; what belongs to others can.
			if (!hasCode(error, 'crypto/no-key') && !hasCode(error, 'keys/no-layer')) throw error;
			trouble = error;
			heldBack.push(...ones);
		}
	}
	const ready = changes.filter((change) => !heldBack.includes(change));
	return { ready: ready.map((change) => sealed.get(change.change) ?? change), heldBack, trouble };
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

async function sealAll(
	{ keys }: Layers,
	entity: string,
	domain: Domain,
	changes: readonly WaitingChange[]
): Promise<WaitingChange[]> {
	const bodies = changes.map(({ id, base, plain }) => ({ id, rev: String(BigInt(base) + 1n), plain }));
	const made = (await keys?.seal(entity, domain, bodies)) ?? [];
	return changes.map((change, at) => {
		// What left before in the clear may have been taken as it was: then the row is not what is sealed now.
		return { ...change, ...made[at], ...(change.tried ? { anew: true } : {}) };
	});
}

function hasCode(error: unknown, code: string): error is Error {
	return error instanceof Error && (error as { code?: unknown }).code === code;
}
