import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	addDays,
	balancesOf,
	netWorthOn,
	netWorthOver,
	sumMoney,
	totalOf,
	type KindRecord
} from '../../../../src/lib/kinds/index.ts';
import { euros, record } from '../a-body.ts';

const day = '2024-03-10';
const dollars = (minor: number) => ({ minor, currency: 'USD' });
const bank = record(
	'account',
	{ name: 'Bank', currency: 'EUR', opening: euros(10_000), openingOn: '2024-01-01' },
	'bank'
);
/** What there is on some days: the amounts that are not zero, or how many things are not known. */
const worth = (records: readonly KindRecord[], ...dates: string[]) =>
	netWorthOn(records, dates).map(({ amounts, unknown }) =>
		unknown.length > 0 ? unknown.length : amounts.filter(({ minor }) => minor !== 0)
	);

test('accounts, assets, savings and investments count, less obligations, each currency by itself', () => {
	const records = [
		bank,
		record('asset', { name: 'Home', value: euros(500_000), valuedOn: '2024-01-01' }),
		record('savings-goal', { name: 'Trip', saved: dollars(700), savedOn: '2024-01-01' }),
		record('investment', {
			instrument: 'Fund',
			quantity: { value: 1.5, unit: '' },
			unitPrice: dollars(201),
			pricedOn: '2024-01-01'
		}),
		record('obligation', { name: 'Loan', outstanding: euros(450_000), outstandingOn: '2024-01-01' }),
		record('card', { name: 'Visa', limit: euros(9) })
	];
	// Half a cent goes up: 1.5 times 2.01 is 3.015.
	expect(worth(records, day)).toEqual([[euros(60_000), dollars(1002)]]);
});

test('what is saved in an account is counted with the account alone', () => {
	const goal = { name: 'Trip', saved: euros(4_000), savedOn: '2024-01-01' };
	expect(worth([bank, record('savings-goal', { ...goal, account: 'bank' })], day)).toEqual([[euros(10_000)]]);
	expect(worth([bank, record('savings-goal', goal)], day)).toEqual([[euros(14_000)]]);
	expect(worth([bank, record('savings-goal', { ...goal, account: 'gone' })], day)).toEqual([[euros(14_000)]]);
});

test('a value holds until the next one, and before the first nothing is known', () => {
	const earlier = [{ on: '2024-02-01', value: euros(90) }];
	const asset = record('asset', { name: 'Car', value: euros(80), valuedOn: '2024-03-01', earlier });
	expect(worth([asset], '2024-01-31', '2024-02-01', '2024-02-29', '2024-03-01', day)).toEqual([
		1,
		[euros(90)],
		[euros(90)],
		[euros(80)],
		[euros(80)]
	]);
});

test('before it was acquired a thing was worth nothing; from then on its cost stands, or nobody knows', () => {
	const asset = { name: 'Car', value: euros(80), valuedOn: '2024-03-01', acquiredOn: '2024-02-01' };
	const days = ['2024-01-31', '2024-02-15', '2024-03-01'];
	expect(worth([record('asset', { ...asset, cost: euros(100) })], ...days)).toEqual([[], [euros(100)], [euros(80)]]);
	expect(worth([record('asset', asset)], ...days)).toEqual([[], 1, [euros(80)]]);
});

test('a value whose day nobody has said is known from the day it was written', () => {
	expect(worth([record('asset', { name: 'Ring', value: euros(5) })], '2023-12-31', '2024-01-01')).toEqual([
		1,
		[euros(5)]
	]);
});

test('an account is known from its balance’s day, or from its first movement, or always where it began with nothing', () => {
	const account = (values: Record<string, unknown>) =>
		record('account', { name: 'A', currency: 'EUR', ...values }, 'a');
	const paid = record('income', { date: '2024-02-01', amount: euros(7), account: 'a' });
	const days = ['2024-01-31', '2024-02-01'];
	expect(worth([account({ opening: euros(1), openingOn: '2024-02-01' }), paid], ...days)).toEqual([1, [euros(8)]]);
	expect(worth([account({ opening: euros(1) }), paid], ...days)).toEqual([1, [euros(8)]]);
	expect(worth([account({}), paid], ...days)).toEqual([[], [euros(7)]]);
});

test('a settled obligation counts no more from its last day on', () => {
	const loan = {
		name: 'Loan',
		outstanding: euros(50),
		outstandingOn: day,
		started: '2024-02-01',
		principal: euros(100)
	};
	const days = ['2024-01-31', '2024-02-01', day];
	expect(worth([record('obligation', { ...loan, status: 'open' })], ...days)).toEqual([
		[],
		[euros(-100)],
		[euros(-50)]
	]);
	expect(worth([record('obligation', { ...loan, status: 'settled' })], ...days)).toEqual([[], [euros(-100)], []]);
});

test('earlier prices count with the quantity of their day', () => {
	const fund = { instrument: 'Fund', quantity: { value: 3, unit: '' }, unitPrice: euros(20), pricedOn: day };
	const earlier = [{ on: '2024-02-01', price: euros(10), quantity: { value: 2, unit: '' } }];
	expect(worth([record('investment', { ...fund, earlier })], '2024-02-01', day)).toEqual([[euros(20)], [euros(60)]]);
	const bought = {
		instrument: 'Coin',
		quantity: { value: 0.1, unit: '' },
		unitCost: euros(1000),
		boughtOn: '2024-02-01'
	};
	expect(worth([record('investment', bought)], '2024-01-01', day)).toEqual([[], [euros(100)]]);
	expect(worth([record('investment', { instrument: 'Gift', quantity: { value: 1, unit: '' } })], day)).toEqual([[]]);
});

const amount = fc.record({ minor: fc.integer({ min: 0, max: 1e9 }), currency: fc.constantFrom('EUR', 'USD', 'JPY') });
const dated = fc.integer({ min: -400, max: 30 }).map((days) => addDays(day, days));

test('accounts alone are worth what their balances say, on any day', () => {
	const moved = fc.record({
		date: dated,
		amount,
		account: fc.constantFrom('a', 'b'),
		from: fc.constant('a'),
		to: fc.constant('b')
	});
	const kind = fc.constantFrom('income', 'expense', 'transfer');
	fc.assert(
		fc.property(fc.array(fc.tuple(kind, moved)), fc.array(dated, { minLength: 1, maxLength: 5 }), (all, days) => {
			const accounts = ['a', 'b'].map((id) => record('account', { name: id, currency: 'EUR' }, id));
			const records = [...accounts, ...all.map(([name, values]) => record(name, values))];
			const dates = [...new Set(days)].sort();
			const told = netWorthOn(records, dates).map(({ amounts }) => amounts.filter(({ minor }) => minor !== 0));
			const held = dates.map((date) => totalOf(balancesOf(records, date)).filter(({ minor }) => minor !== 0));
			expect(told).toEqual(held);
		})
	);
});

test('all together is the sum of each, in whatever order, and what is owed takes away what it would add', () => {
	const thing = fc.record({ value: amount, valuedOn: dated });
	fc.assert(
		fc.property(fc.array(thing, { maxLength: 8 }), fc.array(thing, { maxLength: 8 }), (own, owed) => {
			const assets = own.map((values) => record('asset', values));
			const debts = owed.map(({ value, valuedOn }) =>
				record('obligation', { outstanding: value, outstandingOn: valuedOn })
			);
			const [all] = netWorthOn([...assets, ...debts], [addDays(day, 30)]);
			const [turned] = netWorthOn([...debts, ...assets].reverse(), [addDays(day, 30)]);
			expect(turned?.amounts).toEqual(all?.amounts);
			expect(all?.unknown).toEqual([]);
			const less = owed.map(({ value }) => ({ ...value, minor: -value.minor }));
			expect(all?.amounts).toEqual(sumMoney([...own.map(({ value }) => value), ...less]));
		})
	);
});

test('over time the days are evenly apart, end today, and begin with the first of which anything is known', () => {
	const asset = record('asset', { name: 'Car', value: euros(80), valuedOn: '2024-03-01' });
	const over = (from: string | null, most: number) =>
		netWorthOver([asset], { from, to: day, most }).map(({ date }) => date);
	expect(over(null, 60)).toEqual(Array.from({ length: 10 }, (_, place) => addDays('2024-03-01', place)));
	expect(over(null, 4)).toEqual(['2024-03-01', '2024-03-04', '2024-03-07', day]);
	expect(over('2024-03-08', 60)).toEqual(['2024-03-08', '2024-03-09', day]);
	expect(netWorthOver([], { from: null, to: day, most: 60 })).toEqual([{ date: day, amounts: [], unknown: [] }]);
});

test('what is unknown says in which currencies it is told of', () => {
	const asset = record('asset', { name: 'Car', value: dollars(80), valuedOn: day }, 'car');
	expect(netWorthOn([asset, bank], ['2024-02-01'])[0]).toMatchObject({
		unknown: [{ id: 'car', currencies: ['USD'] }]
	});
});
