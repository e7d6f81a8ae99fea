import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Exchange } from '../../../../src/lib/kinds/index.ts';
import { scaled } from '../../../../src/lib/kinds/finances/net-worth/scaled.ts';
import { euros, record } from '../a-body.ts';

const rate = (from: string, to: string, value: number, on: string) =>
	record('exchange-rate', { from, to, rate: { value, unit: '' }, on });
const money = (minor: number, currency: string) => ({ minor, currency });

test('amounts are one by the last rate known on the day, and nothing where one is lacking', () => {
	const exchange = new Exchange([rate('USD', 'EUR', 0.9, '2024-02-01'), rate('USD', 'EUR', 0.8, '2024-03-01')]);
	const both = [euros(100), money(1000, 'USD')];
	expect(exchange.together(both, 'EUR', '2024-02-29')).toEqual(euros(1000));
	expect(exchange.together(both, 'EUR', '2024-03-01')).toEqual(euros(900));
	expect(exchange.together(both, 'EUR', '2024-01-31')).toBeNull();
	expect(exchange.together([money(1, 'GBP')], 'EUR', '2024-03-01')).toBeNull();
	expect(exchange.together([euros(5), money(0, 'GBP')], 'EUR', '2024-03-01')).toEqual(euros(5));
});

test('a rate holds the other way round too, and the later of the two is taken', () => {
	const exchange = new Exchange([rate('USD', 'EUR', 0.5, '2024-02-01'), rate('EUR', 'USD', 4, '2024-03-01')]);
	expect(exchange.together([euros(100)], 'USD', '2024-02-15')).toEqual(money(200, 'USD'));
	expect(exchange.together([money(100, 'USD')], 'EUR', '2024-03-15')).toEqual(euros(25));
});

test('minor units follow their currencies: a yen has none, a dinar three', () => {
	const exchange = new Exchange([rate('EUR', 'JPY', 161.25, '2024-01-01'), rate('KWD', 'EUR', 3, '2024-01-01')]);
	expect(exchange.together([euros(10_050)], 'JPY', '2024-01-01')).toEqual(money(16_206, 'JPY'));
	expect(exchange.together([money(1_005, 'KWD')], 'EUR', '2024-01-01')).toEqual(euros(302));
	expect(exchange.together([money(-1_005, 'KWD')], 'EUR', '2024-01-01')).toEqual(euros(-302));
});

test('a rate that is no rate is passed over, and a sum too large to be held stays one', () => {
	const broken = [rate('USD', 'EUR', 0, '2024-01-01'), record('exchange-rate', { from: 'USD', to: 'EUR', rate: 3 })];
	expect(new Exchange(broken).together([money(1, 'USD')], 'EUR', '2024-02-01')).toBeNull();
	const huge = new Exchange([rate('USD', 'EUR', 1e9, '2024-01-01')]);
	expect(huge.together([money(9e14, 'USD')], 'EUR', '2024-02-01')).toEqual(euros(Infinity));
});

test('a number is taken as the decimal it is written as, however small or large', () => {
	expect(scaled(1_000_000_000_000n, 1e-9)).toBe(1000n);
	expect(scaled(3n, 1.5e21)).toBe(4_500_000_000_000_000_000_000n);
	expect(scaled(10n, 0.1)).toBe(1n);
	expect([scaled(5n, 0.1), scaled(-5n, 0.1), scaled(4n, 0.1)]).toEqual([1n, -1n, 0n]);
	fc.assert(
		fc.property(fc.bigInt(-(10n ** 15n), 10n ** 15n), fc.integer({ min: 1, max: 1e6 }), (whole, by) => {
			expect(scaled(whole, by)).toBe(whole * BigInt(by));
			expect(scaled(whole * BigInt(by), by, { divide: true })).toBe(whole);
		})
	);
});
