import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalOf } from '../../../src/lib/kinds/money.ts';
import { guessDecimal } from '../../../src/lib/import/guess-decimal.ts';
import { readAmount } from '../../../src/lib/import/read-amount.ts';

const comma = { decimal: ',', currency: 'EUR' } as const;
const point = { decimal: '.', currency: 'USD' } as const;
const groups = { '.': [',', ' ', "'", '’', '\u00a0', '\u202f', ''], ',': ['.', ' ', "'", '\u00a0', ''] } as const;

test('every amount comes back from every way of writing it', () => {
	const amounts = fc.integer({ min: -1e11, max: 1e11 }).filter((minor) => minor !== 0);
	const signs = fc.constantFrom('-1', '1-', '(1)', '\u22121', '- 1');
	const currencies = fc.constantFrom('EUR', 'USD', 'JPY', 'KWD');
	fc.assert(
		fc.property(
			amounts,
			fc.constantFrom('.' as const, ',' as const),
			fc.nat(),
			signs,
			currencies,
			(minor, decimal, pick, sign, currency) => {
				const [whole = '', fraction] = decimalOf({ minor: Math.abs(minor), currency }).split('.');
				const group = groups[decimal][pick % groups[decimal].length] ?? '';
				const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
				const bare = fraction === undefined ? grouped : grouped + decimal + fraction;
				const text = minor < 0 ? sign.replace('1', bare) : bare;
				expect(readAmount(text, { decimal, currency })).toMatchObject({ minor, currency });
				expect(readAmount(`${text} ${currency}`, { decimal, currency: 'GBP' })).toMatchObject({ minor, currency });
			}
		)
	);
});

test.for([
	['€ 1.234,56', 123456, null],
	['-€1,50', -150, null],
	['1,50 €', 150, null],
	['(€1,50)', -150, null],
	['="1,50"', 150, null],
	['12,30 CR', 1230, 'in'],
	['12,30CR', 1230, 'in'],
	['12,30 DB', 1230, 'out'],
	['12,30 S', 1230, 'out'],
	['12,30 H', 1230, 'in'],
	['+12,30', 1230, null],
	['\u201012,30', -1230, null],
	['\u201112,30', -1230, null],
	['\u201212,30', -1230, null],
	['\u201312,30', -1230, null],
	['\u201412,30', -1230, null],
	['€ \u201412,30', -1230, null],
	['12,30\u2014', -1230, null],
	['12,300', 1230, null]
] as const)('%s', ([text, minor, direction]) => {
	expect(readAmount(text, comma)).toEqual({ minor, currency: 'EUR', direction });
});

test.for([
	['1.50', 'amount'],
	['1.2345,00', 'amount'],
	['--5,00', 'amount'],
	['-5,00-', 'amount'],
	['5,00 €€', 'amount'],
	['12 Main', 'currency'],
	['NaN', 'amount'],
	['1e5', 'amount'],
	['=1+1', 'amount'],
	['1€20', 'amount'],
	['12EUR50', 'amount'],
	['²', 'amount'],
	['12²', 'amount'],
	['5,001', 'amount-decimals'],
	['5,00 XYZ', 'currency'],
	['99999999999999999,00', 'amount-too-large']
] as const)('%s is no amount: %s', ([text, code]) => {
	const read = readAmount(text, comma);
	expect(typeof read).toBe('string');
	if (code !== 'amount' && text !== '12 Main') expect(read).toBe(code);
});

test('a sign of several currencies is the account’s own, and no guess where it cannot be', () => {
	expect(readAmount('$5.00', { decimal: '.', currency: 'MXN' })).toMatchObject({ currency: 'MXN' });
	expect(readAmount('$5.00', { decimal: '.', currency: 'EUR' })).toBe('currency');
	expect(readAmount('£5.00', point)).toMatchObject({ currency: 'GBP', minor: 500 });
	expect(readAmount('R$ 5,00', comma)).toMatchObject({ currency: 'BRL' });
});

test('an empty cell, or a dash for it, is nothing rather than zero', () => {
	for (const text of ['', ' ', '-', '–', '—', '\u2011']) expect(readAmount(text, comma)).toBeNull();
});

test.for([
	[['1,50', '2,00'], ',', true],
	[['1.234,50', '200'], ',', true],
	[['1,234.50', '200'], '.', true],
	[['1.234.567'], ',', true],
	[["1'234.50"], '.', true],
	[['1.234', '99,10'], ',', true],
	[['0.500'], '.', true],
	[['1.234'], ',', true],
	[['1.230', '2.000'], '.', false],
	[['1.250', '2,250'], '.', false],
	[['12', '13'], '.', true]
] as const)('amounts %j have decimals after "%s" (beyond doubt: %s)', ([cells, decimal, sure]) => {
	expect(guessDecimal(cells, 2, '.')).toEqual({ decimal, sure });
});
