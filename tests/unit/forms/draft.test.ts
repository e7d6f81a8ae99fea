import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blankRow, draftOf, PARTIAL_DATE, type Draft } from '../../../src/lib/forms/draft.ts';
import { readDraft } from '../../../src/lib/forms/read-draft.ts';
import { defaultCurrency } from '../../../src/lib/forms/default-currency.ts';
import { kindOf, type Kind } from '../../../src/lib/kinds/index.ts';

const expense = kindOf('expense') as Kind;
const codes = (draft: Draft, locale = 'en'): string[] =>
	readDraft(expense, draft, locale).problems.map(({ field, code }) => `${field}: ${code}`);
const blank = (): Draft => draftOf(expense, {}, 'en', 'EUR');

test('what a form shows of a record is read back as the same values, in every locale', () => {
	const euros = fc.integer({ min: 0, max: 1e12 }).map((minor) => ({ minor, currency: 'EUR' }));
	const values = fc.record({
		date: fc.constant('2024-03-05'),
		amount: euros,
		payee: fc.stringMatching(/^[a-z]([a-z ]{0,8}[a-z])?$/),
		category: fc.constantFrom('groceries', 'Beekeeping'),
		tags: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,5}$/), { minLength: 1, maxLength: 4 })
	});
	fc.assert(
		fc.property(values, fc.constantFrom('en', 'es', 'en-GB', 'es-MX', 'de'), (kept, locale) => {
			const split = { ...kept, splits: [{ amount: kept.amount, category: kept.category }] };
			expect(readDraft(expense, draftOf(expense, split, locale, 'USD'), locale)).toEqual({
				values: split,
				problems: []
			});
		})
	);
});

test('an amount is read as the person’s language writes it', () => {
	const draft = { ...blank(), date: '2024-01-01', amount: { text: '1.234,56', of: 'EUR' } };
	expect(readDraft(expense, draft, 'es').values.amount).toEqual({ minor: 123456, currency: 'EUR' });
});

test('what cannot be read gets one sentence, at its own place', () => {
	expect(codes({ ...blank(), date: PARTIAL_DATE, amount: { text: 'ten', of: 'EUR' } })).toEqual([
		'date: date',
		'amount: money-format'
	]);
	const row = { ...blankRow({ amount: { type: 'money', label: { en: '', es: '' } } }, 'en', 'EUR'), category: '' };
	expect(codes({ ...blank(), date: '2024-01-01', amount: { text: '5', of: 'EUR' }, splits: [row] })).toEqual([
		'splits.0.amount: required',
		'splits.0.category: required'
	]);
});

test('a category written as words becomes the category it names', () => {
	const draft = { ...blank(), date: '2024-01-01', amount: { text: '5', of: 'EUR' } };
	expect(readDraft(expense, { ...draft, category: 'supermercado' }, 'es').values.category).toBe('groceries');
	expect(readDraft(expense, { ...draft, category: ' My own ' }, 'es').values.category).toBe('My own');
});

test('blank fields leave no value behind', () => {
	const { values } = readDraft(expense, { ...blank(), date: '2024-01-01', payee: '   ' }, 'en');
	expect(values).toEqual({ date: '2024-01-01' });
});

test('a new amount takes the currency of the account, of the last movement, or of the region', () => {
	const account = { id: 'a', body: { kind: 'account', version: 1, values: { currency: 'MXN' }, meta: { at: '' } } };
	const amount = { minor: 1, currency: 'JPY' };
	const movement = { id: 'b', body: { kind: 'expense', version: 1, values: { amount }, meta: { at: '' } } };
	expect(defaultCurrency([account], [movement], 'en-US')).toBe('MXN');
	expect(defaultCurrency([], [movement], 'en-US')).toBe('JPY');
	expect(defaultCurrency([], [], 'en-US')).toBe('USD');
	expect(defaultCurrency([], [], 'es-MX', 'Europe/Madrid')).toBe('MXN');
	expect(defaultCurrency([], [], 'es-ES', 'America/Lima')).toBe('EUR');
	expect(defaultCurrency([], [], 'es', 'Atlantic/Canary')).toBe('EUR');
	expect(defaultCurrency([], [], 'es', 'America/Lima')).toBeUndefined();
});

test('what a newer version put into a row is still there after the save', () => {
	const splits = [{ amount: { minor: 500, currency: 'EUR' }, category: 'pets', mood: { good: true } }];
	const draft = draftOf(expense, { splits }, 'en', 'EUR');
	expect(readDraft(expense, draft, 'en').values.splits).toEqual(splits);
});
