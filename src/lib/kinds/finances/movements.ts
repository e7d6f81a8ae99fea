import { isDate } from '../dates.ts';
import { isMoney, type Money } from '../money.ts';
import type { KindRecord } from '../record-body.ts';

// Records may come from other versions or be damaged by hand: what cannot be read as a movement is left out, not guessed.

/** An expense or income that can be read. */
export interface Movement {
	readonly id: string;
	readonly date: string;
	readonly amount: Money;
	readonly account: string | undefined;
	readonly values: Record<string, unknown>;
}

/** A transfer that can be read; without an amount of its own what left is what arrived. */
export interface Transfer extends Omit<Movement, 'account'> {
	readonly from: string;
	readonly to: string;
	readonly arrived: Money;
}

/** The expenses or incomes among records. */
export function movementsOf(records: readonly KindRecord[], kind: 'expense' | 'income'): Movement[] {
	return live(records, kind).flatMap(({ id, body: { values } }) => {
		const { date, amount, account } = values;
		if (!isDate(date) || !isMoney(amount)) return [];
		return [{ id, date, amount, account: typeof account === 'string' ? account : undefined, values }];
	});
}

/** The transfers among records. */
export function transfersOf(records: readonly KindRecord[]): Transfer[] {
	return live(records, 'transfer').flatMap(({ id, body: { values } }) => {
		const { date, amount, from, to, arrived } = values;
		if (!isDate(date) || !isMoney(amount) || typeof from !== 'string' || typeof to !== 'string') return [];
		return [{ id, date, amount, from, to, arrived: isMoney(arrived) ? arrived : amount, values }];
	});
}

/** The records of a kind that are not deletions. */
export function live(records: readonly KindRecord[], kind: string): KindRecord[] {
	return records.filter(({ body }) => body.kind === kind && body.meta.deleted !== true);
}
