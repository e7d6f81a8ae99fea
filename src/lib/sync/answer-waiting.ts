import type { StoreUpdate, WaitingChange } from '../device/record-store.ts';
import type { EntityCopy } from './entity-copy.ts';
import { standOn } from './outbox-rules.ts';

type Plan = Omit<StoreUpdate, 'entity'> | null;

/** A refused change waits again: the same bytes under the same id, since the server has kept nothing of it. */
export function retryChange(copy: EntityCopy, change: string): Plan {
	const found = copy.waiting.find((one) => one.change === change && one.state === 'refused');
	if (!found) return null;
	const { refusal: _, ...again } = found;
	return { put: [{ ...again, state: 'waiting' }] };
}

/** Lets go of a change and what stands on it. One that was sent and not answered stays: the server may have it. */
export function giveUpChange(copy: EntityCopy, change: string): Plan {
	const found = copy.waiting.find((one) => one.change === change);
	if (!found || (found.tried && found.state === 'waiting')) return null;
	const chain = copy.chainOf(found.id);
	return { drop: chain.slice(chain.indexOf(found)).map((one) => one.change) };
}

/**
 * What a restore left held is pushed back with the next pass, or let go. What was saved here and stood on it is never
 * let go with it: it moves on top of what the server has.
 */
export function answerHeld(copy: EntityCopy, pushBack: boolean): Plan {
	const held = copy.waiting.filter(({ state }) => state === 'held');
	if (held.length === 0) return null;
	if (pushBack) return { put: held.map((change) => ({ ...change, state: 'waiting' })) };
	const drop = held.map(({ change }) => change);
	const put: WaitingChange[] = [];
	for (const { id } of held) {
		const rest = copy.chainOf(id).filter(({ state }) => state !== 'held');
		const moved = standOn(rest, copy.rows.get(id), copy.ports.account);
		drop.push(...(moved.drop ?? []));
		put.push(...(moved.put ?? []));
	}
	return { drop, put };
}
