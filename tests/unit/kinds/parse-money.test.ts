import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatAmount, formatMoney, isMoneyProblem, parseMoney } from '../../../src/lib/kinds/index.ts';

const SPANISH = { decimal: ',', group: '.' } as const;
const ENGLISH = { decimal: '.', group: ',' } as const;

test.each([
	['1.234,56', 'es', 123456],
	['1,234.56', 'es', 123456],
	['1.234,56', 'en', 123456],
	['1,234.56', 'en', 123456],
	['1 234,56', 'es', 123456],
	['1\u00A0234,56', 'es', 123456],
	["1'234.56", 'en', 123456],
	['1.234.567', 'en', 123456700],
	['(12.30)', 'en', -1230],
	['-5', 'en', -500],
	['5-', 'es', -500],
	['\u22125', 'en', -500],
	['+5', 'en', 500],
	['1.234', 'es', 123400],
	['1,234', 'en', 123400],
	['1.50', 'es', 150],
	['1,5', 'en', 150],
	['.5', 'en', 50],
	['€ 12,30', 'es', 1230],
	['12,30 €', 'es', 1230],
	['-12,30 eur', 'es', -1230],
	['€-12,30', 'es', -1230],
	['-€12.30', 'en', -1230],
	['(€12.30)', 'en', -1230],
	['(12.30) €', 'en', -1230],
	['\u201112.30', 'en', -1230],
	['\u201412.30', 'en', -1230],
	['１２.30', 'en', 1230],
	['-0', 'en', 0],
	['90071992547409.91', 'en', Number.MAX_SAFE_INTEGER]
])('%s, read in %s, is an amount in euros', (text, locale, minor) => {
	expect(parseMoney(text, 'EUR', locale)).toEqual({ minor, currency: 'EUR' });
});

test.each([
	['', 'money-empty'],
	['  € ', 'money-empty'],
	['twelve', 'money-format'],
	['12.', 'money-format'],
	['--5', 'money-format'],
	['(-5)', 'money-format'],
	['1,23,4', 'money-format'],
	['12 34', 'money-format'],
	['$5', 'money-format'],
	['1e5', 'money-format'],
	['1€20', 'money-format'],
	['12EUR50', 'money-format'],
	['1 € 234', 'money-format'],
	['€5€', 'money-format'],
	['²', 'money-format'],
	['1²', 'money-format'],
	['①', 'money-format'],
	['½', 'money-format'],
	['\u207b5', 'money-format'],
	['NaN', 'money-format'],
	['1'.repeat(100_000), 'money-format'],
	['1.234', 'money-decimals'],
	['1.000', 'money-decimals'],
	['90071992547409.92', 'money-too-large']
])('%.20s is refused as an amount in euros: %s', (text, code) => {
	expect(parseMoney(text, 'EUR', 'en')).toEqual({ code });
});

test('each currency has its own decimals', () => {
	expect(parseMoney('1500', 'JPY', 'en')).toEqual({ minor: 1500, currency: 'JPY' });
	expect(parseMoney('1.5', 'JPY', 'en')).toEqual({ code: 'money-decimals' });
	expect(parseMoney('1.234', 'KWD', 'en')).toEqual({ minor: 1234, currency: 'KWD' });
	expect(parseMoney('US$ 3.5', 'USD', 'en')).toEqual({ minor: 350, currency: 'USD' });
});

test('with separators given, nothing is guessed', () => {
	expect(parseMoney('1.50', 'EUR', SPANISH)).toEqual({ code: 'money-format' });
	expect(parseMoney('1.500', 'EUR', SPANISH)).toEqual({ minor: 150000, currency: 'EUR' });
	expect(parseMoney('1.500', 'EUR', ENGLISH)).toEqual({ minor: 150, currency: 'EUR' });
	expect(parseMoney('1,234.50', 'EUR', SPANISH)).toEqual({ code: 'money-format' });
	expect(parseMoney('-12.5000', 'EUR', { decimal: '.' })).toEqual({ minor: -1250, currency: 'EUR' });
});

test('whatever is written by a locale is read back by it', () => {
	const currency = fc.constantFrom('EUR', 'USD', 'JPY', 'KWD', 'MXN');
	const locale = fc.constantFrom('en', 'es', 'es-MX', 'en-GB', 'de', 'fr');
	const minor = fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
	fc.assert(
		fc.property(minor, currency, locale, (value, code, by) => {
			const money = { minor: value === 0 ? 0 : value, currency: code };
			expect(parseMoney(formatAmount(money, by), code, by)).toEqual(money);
		})
	);
	fc.assert(
		fc.property(minor, currency, fc.constantFrom('en', 'es'), (value, code, by) => {
			const money = { minor: value === 0 ? 0 : value, currency: code };
			expect(parseMoney(formatMoney(money, by), code, by)).toEqual(money);
		})
	);
});

test('any text gives a safe integer or a problem, and never throws', () => {
	const text = fc.oneof(fc.string(), fc.stringMatching(/^[-+(]?[0-9., ']{0,30}[)]?$/));
	fc.assert(
		fc.property(text, fc.constantFrom('en', 'es'), (typed, locale) => {
			const result = parseMoney(typed, 'EUR', locale);
			expect(isMoneyProblem(result) || Number.isSafeInteger(result.minor)).toBe(true);
		}),
		{ numRuns: process.env.ARCA_SOAK ? 200_000 : 500 }
	);
});
