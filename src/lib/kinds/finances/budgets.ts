import { isDate, monthOf } from '../dates.ts';
import { isMoney, sumMoney, type Money } from '../money.ts';
import type { KindRecord } from '../record-body.ts';
import { live, movementsOf } from './movements.ts';
import { spendingOf } from './spending.ts';

/** A budget in a month. */
export interface BudgetState {
	readonly id: string;
	readonly category: string;
	readonly budget: Money;
	/** Less what came back; below zero where more came back than went. */
	readonly spent: Money;
	/** Below zero where it is overspent. */
	readonly left: Money;
}

/**
 * The budgets that hold in a month with what was spent against them in their currency, the fullest first. One for that
 * month stands in for the one of every month. A split expense counts under the categories of its parts, a transfer nowhere;
 * an income with the category of an expense is money that came back, and counts against it.
 * @param records of any kinds; budgets, expenses and incomes are read
 * @param month `YYYY-MM`
 */
export function budgetsOf(records: readonly KindRecord[], month: string): BudgetState[] {
	const budgets = inForce(records, month);
	if (budgets.length === 0) return [];
	const flows = [...spendingOf(records, month), ...refundsOf(records, month)];
	const byPlace = Map.groupBy(flows, ({ category, amount }) => placeOf(category, amount.currency));
	return budgets
		.map(({ id, category, budget }) => {
			const { currency } = budget;
			const zero = { minor: 0, currency };
			const flowed = (byPlace.get(placeOf(category, currency)) ?? []).map(({ amount }) => amount);
			const [spent = zero] = sumMoney([zero, ...flowed]);
			const [left = zero] = sumMoney([budget, { minor: -spent.minor, currency }]);
			return { id, category, budget, spent, left };
		})
		.sort((a, b) => fullness(b) - fullness(a));
}

function inForce(records: readonly KindRecord[], month: string): Pick<BudgetState, 'id' | 'category' | 'budget'>[] {
	const found = new Map<string, { id: string; category: string; budget: Money; special: boolean }>();
	for (const { id, body } of live(records, 'budget')) {
		const { category, amount, period, month: day } = body.values;
		if (typeof category !== 'string' || !isMoney(amount)) continue;
		const special = period === 'one-month';
		if (special && !(isDate(day) && monthOf(day) === month)) continue;
		const place = placeOf(category, amount.currency);
		if (special || found.get(place)?.special !== true) found.set(place, { id, category, budget: amount, special });
	}
	return [...found.values()];
}

/** What came back in a month, below zero. */
function refundsOf(records: readonly KindRecord[], month: string): { category: string | null; amount: Money }[] {
	return movementsOf(records, 'income')
		.filter(({ date }) => monthOf(date) === month)
		.map(({ amount, values: { category } }) => ({
			category: typeof category === 'string' ? category : null,
			amount: { minor: -amount.minor, currency: amount.currency }
		}));
}

function placeOf(category: string | null, currency: string): string {
	return `${currency} ${category ?? ''}`;
}

/** For the order alone. */
function fullness({ spent, budget }: BudgetState): number {
	return budget.minor === 0 ? (spent.minor > 0 ? Infinity : 0) : spent.minor / budget.minor;
}
