import { monthOf } from '../dates.ts';
import { isMoney, sumMoney, type Money } from '../money.ts';
import type { KindRecord } from '../record-body.ts';
import { movementsOf, type Movement } from './movements.ts';

/** What was spent in a category; `category` is null for what has none yet. */
export interface CategorySpending {
	readonly category: string | null;
	readonly amount: Money;
}

/**
 * A month's expenses by category and currency, largest first within a currency. A split expense counts under the
 * categories of its parts; transfers are not spending.
 * @param month `YYYY-MM`
 */
export function spendingOf(records: readonly KindRecord[], month: string): CategorySpending[] {
	const byCategory = new Map<string | null, Money[]>();
	for (const movement of movementsOf(records, 'expense')) {
		if (monthOf(movement.date) !== month) continue;
		for (const { category, amount } of partsOf(movement)) {
			const amounts = byCategory.get(category);
			if (amounts === undefined) byCategory.set(category, [amount]);
			else amounts.push(amount);
		}
	}
	return [...byCategory]
		.flatMap(([category, amounts]) => sumMoney(amounts).map((amount) => ({ category, amount })))
		.sort((a, b) => order(a.amount.currency, b.amount.currency) || b.amount.minor - a.amount.minor);
}

/** The parts of an expense by category: its splits where they add up to it, else the whole. */
export function partsOf(movement: Pick<Movement, 'amount' | 'values'>): CategorySpending[] {
	const { amount, values } = movement;
	return splitsOf(movement) ?? [{ category: categoryOf(values.category), amount }];
}

/** The splits of an expense; null where there are none or they do not add up to it, so that the whole counts. */
export function splitsOf({ amount, values }: Pick<Movement, 'amount' | 'values'>): CategorySpending[] | null {
	const rows: unknown[] = Array.isArray(values.splits) ? values.splits : [];
	const parts = rows.flatMap((row) => {
		const { amount: part, category } = (row ?? {}) as Record<string, unknown>;
		return isMoney(part) && part.currency === amount.currency ? [{ category: categoryOf(category), amount: part }] : [];
	});
	const sum = parts.reduce((total, part) => total + BigInt(part.amount.minor), 0n);
	return parts.length > 0 && sum === BigInt(amount.minor) ? parts : null;
}

/** Whether an expense or income lacks a category: the whole, or a part where it is split. */
export function isUncategorised(values: Record<string, unknown>): boolean {
	return categoriesOf(values).includes(null);
}

/** The categories a movement counts under, each once; null stands for none. */
export function categoriesOf(values: Record<string, unknown>): (string | null)[] {
	const { amount } = values;
	// Most are not split, and filters ask this of every record.
	if (values.splits === undefined || !isMoney(amount)) return [categoryOf(values.category)];
	return [...new Set(partsOf({ amount, values }).map(({ category }) => category))];
}

/** Expenses and incomes nobody has sorted yet, newest first: those with no category, or a split part without one. */
export function uncategorised<R extends KindRecord>(records: readonly R[]): R[] {
	const open = new Map<string, string>();
	for (const kind of ['expense', 'income'] as const) {
		for (const movement of movementsOf(records, kind)) {
			if (isUncategorised(movement.values)) open.set(movement.id, movement.date);
		}
	}
	return records.filter(({ id }) => open.has(id)).sort((a, b) => order(open.get(b.id) ?? '', open.get(a.id) ?? ''));
}

function categoryOf(value: unknown): string | null {
	return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function order(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
