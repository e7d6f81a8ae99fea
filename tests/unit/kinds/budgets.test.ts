import fc from 'fast-check';
import { expect, test } from 'vitest';
import { budgetsOf, type KindRecord } from '../../../src/lib/kinds/index.ts';
import { euros, record } from './a-body.ts';

const month = '2024-03';
const day = '2024-03-10';
const budget = (values: Record<string, unknown> = {}) =>
	record('budget', { category: 'groceries', amount: euros(1000), period: 'every-month', ...values });
const spent = (minor: number, values: Record<string, unknown> = {}) =>
	record('expense', { date: day, amount: euros(minor), category: 'groceries', ...values });
const told = (records: readonly KindRecord[], of = month) =>
	budgetsOf(records, of).map(({ category, spent: gone, left }) => [category, gone.minor, left.minor]);

test('a budget of every month counts what was spent in its category, its month and its currency', () => {
	const others = [
		spent(1, { category: 'pets' }),
		spent(2, { date: '2024-02-29' }),
		spent(4, { amount: { minor: 4, currency: 'USD' } }),
		spent(8, { category: undefined })
	];
	expect(told([budget(), spent(300), spent(50), ...others])).toEqual([['groceries', 350, 650]]);
	expect(told([budget(), ...others], '2024-02')).toEqual([['groceries', 2, 998]]);
	expect(told([budget(), spent(1200)])).toEqual([['groceries', 1200, -200]]);
});

test('a budget for one month stands in for that of every month, in that month alone', () => {
	const both = [budget({ period: 'one-month', month: '2024-03-31', amount: euros(50) }), budget(), spent(20)];
	expect(told(both)).toEqual([['groceries', 20, 30]]);
	expect(told(both.toReversed())).toEqual([['groceries', 20, 30]]);
	expect(told(both, '2024-04')).toEqual([['groceries', 0, 1000]]);
});

test('the parts of a split expense count under their own categories', () => {
	const splits = [
		{ amount: euros(300), category: 'pets' },
		{ amount: euros(700), category: 'groceries' }
	];
	expect(told([budget(), budget({ category: 'pets' }), spent(1000, { category: 'other-expense', splits })])).toEqual([
		['groceries', 700, 300],
		['pets', 300, 700]
	]);
});

test('a transfer counts nowhere; an income counts against the category it gives back to', () => {
	const transfer = record('transfer', { date: day, amount: euros(9), from: 'a', to: 'b', category: 'groceries' });
	const back = (category: string) => record('income', { date: day, amount: euros(100), category });
	expect(told([budget(), spent(300), transfer, back('groceries'), back('salary')])).toEqual([['groceries', 200, 800]]);
	expect(told([budget(), back('groceries')])).toEqual([['groceries', -100, 1100]]);
});

test('the fullest budget comes first', () => {
	const pets = budget({ category: 'pets', amount: euros(10) });
	const car = budget({ category: 'car', amount: euros(0) });
	expect(told([budget(), pets, car, spent(300), spent(9, { category: 'pets' })]).map(([category]) => category)).toEqual(
		['pets', 'groceries', 'car']
	);
});

test('what was spent and what is left always make the budget, whatever the records hold', () => {
	const values = fc.record({
		date: fc.constantFrom(day, '2024-04-01', ''),
		amount: fc.oneof(fc.integer({ min: 0, max: 1e6 }).map(euros), fc.jsonValue()),
		category: fc.oneof(fc.constantFrom('groceries', 'pets'), fc.jsonValue()),
		period: fc.constantFrom('every-month', 'one-month', 3),
		month: fc.constantFrom(day, '2024-04-01', undefined)
	});
	const any = fc.tuple(fc.constantFrom('budget', 'expense', 'income', 'transfer'), values);
	fc.assert(
		fc.property(fc.array(any), (all) => {
			const records = all.map(([kind, given]) => record(kind, given));
			for (const { budget: whole, spent: gone, left } of budgetsOf(records, month)) {
				expect(gone.minor + left.minor).toBe(whole.minor);
				expect(new Set([whole.currency, gone.currency, left.currency]).size).toBe(1);
			}
		})
	);
});
