import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	addDays,
	applyCategoryRules,
	balancesOf,
	readCategoryRules,
	shownBalances,
	spendingOf,
	sumMoney,
	totalOf,
	uncategorised
} from '../../../src/lib/kinds/index.ts';
import { euros, expenseOf, record } from './a-body.ts';

const bank = record('account', { name: 'Bank', type: 'current', currency: 'EUR', opening: euros(10_000) }, 'bank');
const purse = record('account', { name: 'Purse', type: 'cash', currency: 'USD' }, 'purse');
const day = '2024-03-10';
const dollars = (minor: number): unknown => ({ minor, currency: 'USD' });

test('an account holds its opening balance, what came in, less what went out', () => {
	const records = [
		bank,
		purse,
		record('income', { date: day, amount: euros(500), account: 'bank' }),
		record('expense', { date: day, amount: euros(200), account: 'bank' }),
		record('expense', { date: day, amount: euros(70) }),
		record('transfer', { date: day, amount: euros(1000), from: 'bank', to: 'purse', arrived: dollars(1080) })
	];
	const [first, second] = balancesOf(records, day);
	expect(first).toMatchObject({ id: 'bank', name: 'Bank', balance: euros(9300), others: [] });
	expect(second).toMatchObject({ id: 'purse', balance: dollars(1080), others: [] });
	expect(totalOf(balancesOf(records, day))).toEqual([euros(9300), dollars(1080)]);
});

test('movements before the opening balance’s day, after the day asked for, or deleted do not count', () => {
	const since = record('account', { name: 'A', currency: 'EUR', opening: euros(100), openingOn: day }, 'a');
	const deleted = record('income', { date: day, amount: euros(8), account: 'a' });
	const records = [
		since,
		record('income', { date: addDays(day, -1), amount: euros(1), account: 'a' }),
		record('income', { date: day, amount: euros(2), account: 'a' }),
		record('income', { date: addDays(day, 1), amount: euros(4), account: 'a' }),
		{ ...deleted, body: { ...deleted.body, meta: { ...deleted.body.meta, deleted: true as const } } }
	];
	expect(balancesOf(records, day)[0]?.balance).toEqual(euros(102));
});

test('another currency in an account is shown beside its balance, never converted', () => {
	const records = [bank, record('expense', { date: day, amount: dollars(300), account: 'bank' })];
	expect(balancesOf(records, day)[0]).toMatchObject({ balance: euros(10_000), others: [dollars(-300)] });
});

test('transfers move money and never make any', () => {
	const transfers = fc.array(
		fc.record({
			minor: fc.integer({ min: 0, max: 1_000_000 }),
			from: fc.constantFrom('a', 'b', 'c'),
			to: fc.constantFrom('a', 'b', 'c')
		})
	);
	fc.assert(
		fc.property(transfers, (moves) => {
			const accounts = ['a', 'b', 'c'].map((id) => record('account', { currency: 'EUR', opening: euros(50) }, id));
			const moved = moves.map(({ minor, from, to }) =>
				record('transfer', { date: day, amount: euros(minor), from, to })
			);
			expect(totalOf(balancesOf([...accounts, ...moved], day))).toEqual([euros(150)]);
			expect(spendingOf(moved, '2024-03')).toEqual([]);
		})
	);
});

test('a month’s spending is by category and currency, split where it was split', () => {
	const splits = [
		{ amount: euros(300), category: 'pets' },
		{ amount: euros(700), category: 'groceries' }
	];
	const records = [
		record('expense', { date: '2024-03-01', amount: euros(1000), category: 'other-expense', splits }),
		record('expense', { date: '2024-03-31', amount: euros(50), category: 'pets' }),
		record('expense', { date: '2024-03-31', amount: dollars(5), category: 'pets' }),
		record('expense', { date: '2024-03-02', amount: euros(9) }),
		record('expense', { date: '2024-04-01', amount: euros(4), category: 'pets' }),
		record('income', { date: '2024-03-02', amount: euros(8) })
	];
	expect(spendingOf(records, '2024-03')).toEqual([
		{ category: 'groceries', amount: euros(700) },
		{ category: 'pets', amount: euros(350) },
		{ category: null, amount: euros(9) },
		{ category: 'pets', amount: dollars(5) }
	]);
});

test('spending by category adds up to what was spent, whatever the splits claim', () => {
	const split = fc.record({
		amount: fc.integer({ min: 0, max: 90 }).map(euros),
		category: fc.constantFrom('pets', 'Mine', '')
	});
	const spent = fc.record({
		date: fc.constant(day),
		amount: fc.integer({ min: 0, max: 100 }).map(euros),
		category: fc.option(fc.constantFrom('pets', 'car'), { nil: undefined }),
		splits: fc.oneof(fc.array(split, { maxLength: 3 }), fc.jsonValue())
	});
	fc.assert(
		fc.property(fc.array(spent), (all) => {
			const records = all.map((values) => record('expense', values));
			const sum = sumMoney(spendingOf(records, '2024-03').map(({ amount }) => amount));
			expect(sum).toEqual(sumMoney(all.map(({ amount }) => amount)));
		})
	);
});

test('to review are movements without a category, newest first', () => {
	const older = record('expense', { date: '2024-01-01', amount: euros(1) });
	const newer = record('income', { date: '2024-02-01', amount: euros(1), category: ' ' });
	const sorted = record('expense', { date: '2024-03-01', amount: euros(1), category: 'pets' });
	expect(uncategorised([older, sorted, newer, bank])).toEqual([newer, older]);
});

test('an archived account is listed while something lies on it, in whatever currency', () => {
	const archived = (id: string) => record('account', { name: id, currency: 'EUR', archived: 'yes' }, id);
	const paid = record('income', { date: day, amount: dollars(5), account: 'old' });
	const balances = balancesOf([archived('old'), archived('empty'), purse, paid], day);
	expect(shownBalances(balances).map(({ id }) => id)).toEqual(['old', 'purse']);
});

test('a rule gives no category to a movement whose parts have theirs', () => {
	const rules = readCategoryRules([record('category-rule', { when: 'amazon', category: 'household' })]);
	const splits = [{ amount: euros(100), category: 'pets' }];
	expect(applyCategoryRules(expenseOf({ payee: 'Amazon', splits }), rules)).toBeNull();
	const odd = [{ amount: euros(99), category: 'pets' }];
	expect(applyCategoryRules(expenseOf({ payee: 'Amazon', splits: odd }), rules)).toBe('household');
});

test('the longest rule that fits gives the category, and none replaces one', () => {
	const rules = readCategoryRules([
		record('category-rule', { when: 'Amazon', category: 'household' }),
		record('category-rule', { when: 'amazon PRIME', category: 'subscriptions' }),
		record('category-rule', { when: '  ', category: 'pets' })
	]);
	expect(applyCategoryRules(expenseOf({ payee: 'AMAZON Prime ES' }), rules)).toBe('subscriptions');
	expect(applyCategoryRules(expenseOf({ notes: 'compra amázon' }), rules)).toBe('household');
	expect(applyCategoryRules(expenseOf({ payee: 'Amazon', category: 'gifts' }), rules)).toBeNull();
	expect(applyCategoryRules(expenseOf({ payee: 'Bakery' }), rules)).toBeNull();
	expect(applyCategoryRules(bank.body, rules)).toBeNull();
});
