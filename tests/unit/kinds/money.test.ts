import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	addMoney,
	currencies,
	decimalOf,
	digitsOf,
	formatAmount,
	formatMoney,
	isMoney,
	negate,
	sumMoney,
	type Money
} from '../../../src/lib/kinds/index.ts';

const currency = fc.constantFrom('EUR', 'USD', 'JPY', 'KWD', 'CLF', 'MXN');
const minor = fc.integer({ min: -(2 ** 40), max: 2 ** 40 });
const money = fc.record<Money>({ minor, currency });

test('minor units follow ISO 4217 and not what this engine believes', () => {
	expect(['EUR', 'JPY', 'KWD', 'CLF', 'IDR', 'IQD', 'ISK'].map(digitsOf)).toEqual([2, 0, 3, 4, 2, 3, 0]);
	expect(currencies).toContain('EUR');
	expect(new Set(currencies).size).toBe(currencies.length);
});

test('an amount is shown exactly, even where a float would have lost a cent', () => {
	expect(decimalOf({ minor: -5, currency: 'EUR' })).toBe('-0.05');
	expect(decimalOf({ minor: 12, currency: 'JPY' })).toBe('12');
	expect(formatMoney({ minor: Number.MAX_SAFE_INTEGER, currency: 'EUR' }, 'en')).toBe('€90,071,992,547,409.91');
	expect(formatMoney({ minor: 123456789, currency: 'EUR' }, 'es')).toBe('1.234.567,89\u00A0€');
	expect(formatAmount({ minor: 123456789, currency: 'EUR' }, 'es')).toBe('1234567,89');
});

test('a plain decimal holds every digit of the minor units', () => {
	fc.assert(
		fc.property(money, (amount) => {
			const text = decimalOf(amount);
			expect(Number(text.replace('.', ''))).toBe(amount.minor);
			expect(text.split('.')[1]?.length ?? 0).toBe(digitsOf(amount.currency));
		})
	);
});

test('sums do not depend on the order and keep currencies apart', () => {
	fc.assert(
		fc.property(fc.array(money, { maxLength: 30 }), (amounts) => {
			const sums = sumMoney(amounts);
			expect(sumMoney([...amounts].reverse())).toEqual(sums);
			for (const sum of sums) {
				const same = amounts.filter((amount) => amount.currency === sum.currency);
				expect(BigInt(sum.minor)).toBe(same.reduce((total, each) => total + BigInt(each.minor), 0n));
			}
			expect(sums.map((sum) => sum.currency)).toEqual([...new Set(amounts.map((each) => each.currency))].sort());
		})
	);
});

test('an amount and its opposite are nothing', () => {
	fc.assert(
		fc.property(money, (amount) => {
			expect(addMoney(amount, negate(amount)).minor).toBe(0);
			expect(Object.is(negate({ ...amount, minor: 0 }).minor, 0)).toBe(true);
		})
	);
});

test('two currencies are never added, nor a sum made that cannot be held', () => {
	const euro = { minor: 1, currency: 'EUR' };
	expect(() => addMoney(euro, { minor: 1, currency: 'USD' })).toThrow('kinds/currency');
	expect(() => addMoney(euro, { minor: Number.MAX_SAFE_INTEGER, currency: 'EUR' })).toThrow('kinds/too-large');
});

test('a sum too large to be held is said in words, and nothing throws', () => {
	const most = (minor: number) => ({ minor, currency: 'EUR' });
	const large = Number.MAX_SAFE_INTEGER;
	const [sum] = sumMoney([most(large), most(1)]);
	const [debt] = sumMoney([most(-large), most(-1)]);
	expect([sum, debt]).toEqual([most(Infinity), most(-Infinity)]);
	for (const each of [sum, debt]) {
		expect(isMoney(each)).toBe(false);
		expect(each && formatMoney(each, 'en')).toBe('more than can be shown');
		expect(each && formatMoney(negate(each), 'es')).toBe('más de lo que se puede mostrar');
	}
	expect(sumMoney([most(Infinity), most(5), most(-Infinity)])).toEqual([most(Infinity)]);
});

test('large amounts that come and go leave the sum that is there', () => {
	const amounts = [Number.MAX_SAFE_INTEGER, 5, -Number.MAX_SAFE_INTEGER].map((minor) => ({ minor, currency: 'EUR' }));
	expect(sumMoney(amounts)).toEqual([{ minor: 5, currency: 'EUR' }]);
});

test.each([
	null,
	5,
	{},
	{ minor: 1.5, currency: 'EUR' },
	{ minor: 1, currency: 'eur' },
	{ minor: '1', currency: 'EUR' }
])('%j is not money', (value) => {
	expect(isMoney(value)).toBe(false);
});
