import { fold } from '../../kinds/fold.ts';
import type { Movement } from '../movement.ts';

/**
 * Marks movements that a file has twice, as where two statements in it overlap: the same id of the bank, day, amount
 * and texts. An id that also stands on another day, amount or text is one the bank uses again and says nothing.
 */
export function markRepeats(movements: readonly Movement[]): void {
	const byId = new Map<string, Map<string, Movement>>();
	for (const movement of movements) {
		if (movement.bankId === '') continue;
		const { date, money, payee, notes } = movement;
		const text = [date, money.minor, money.currency, fold(payee), fold(notes)].join('\u0000');
		const same = byId.get(movement.bankId) ?? new Map<string, Movement>();
		byId.set(movement.bankId, same);
		const first = same.get(text);
		if (first === undefined) same.set(text, movement);
		else movement.sameAs = first.line;
	}
	for (const movement of movements) {
		if ((byId.get(movement.bankId)?.size ?? 0) > 1) delete movement.sameAs;
	}
}
