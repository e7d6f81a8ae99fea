import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	BLANK,
	categoryFrom,
	categoryLabel,
	fold,
	kindOf,
	passing,
	sortRecords,
	valuesOf,
	type Kind
} from '../../../src/lib/kinds/index.ts';
import { euros, ID, record } from './a-body.ts';

const expense = kindOf('expense') as Kind;
const look = { locale: 'es', nameOf: (id: string) => (id === ID ? 'Cuenta Ñandú' : undefined) };

test('folding twice changes nothing more', () => {
	fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => fold(fold(text)) === fold(text)));
	expect(fold('  ÑANDÚ\tİstanbul ﬁn ')).toBe('nandu istanbul fin');
});

test('sorting keeps every record, and those without a value come last both ways', () => {
	const values = fc.record({
		payee: fc.option(fc.string({ maxLength: 5 }), { nil: undefined }),
		amount: fc.option(fc.integer({ min: 0, max: 500 }).map(euros), { nil: undefined })
	});
	fc.assert(
		fc.property(fc.array(values), fc.constantFrom('payee', 'amount'), fc.boolean(), (all, by, descending) => {
			const records = all.map((each) => record('expense', each));
			const sorted = sortRecords(records, expense, { by, descending }, look);
			expect(new Set(sorted)).toEqual(new Set(records));
			const blank = sorted.map(({ body: { values: each } }) => each[by] === undefined || each[by] === '');
			expect(blank.lastIndexOf(false)).toBeLessThan(blank.indexOf(true) < 0 ? Infinity : blank.indexOf(true));
		})
	);
});

test('amounts sort by size, words as the language has them', () => {
	const amounts = [euros(1000), { minor: 9, currency: 'JPY' }, euros(20)].map((amount) =>
		record('expense', { amount })
	);
	const sorted = sortRecords(amounts, expense, { by: 'amount', descending: true }, look);
	expect(sorted.map(({ body: { values } }) => values.amount)).toEqual([
		euros(1000),
		{ minor: 9, currency: 'JPY' },
		euros(20)
	]);
	const words = ['Zara', 'ñu', 'Ábaco', 'nube'].map((payee) => record('expense', { payee }));
	const named = sortRecords(words, expense, { by: 'payee', descending: false }, look);
	expect(named.map(({ body: { values } }) => values.payee)).toEqual(['Ábaco', 'nube', 'ñu', 'Zara']);
});

test('filters hold together, and blank is a value to filter by', () => {
	const records = [
		record('expense', { date: '2024-01-31', category: 'pets' }),
		record('expense', { date: '2024-02-01', category: 'pets' }),
		record('expense', { date: '2024-02-29' })
	];
	const dates = { date: { from: '2024-02-01', to: '2024-02-29' } };
	expect(records.filter(passing(expense, dates))).toEqual(records.slice(1));
	expect(records.filter(passing(expense, { ...dates, category: { oneOf: [BLANK] } }))).toEqual([records[2]]);
	expect(valuesOf(records, expense, 'category')).toEqual([
		{ value: 'pets', count: 2 },
		{ value: BLANK, count: 1 }
	]);
});

test('a category written in either language is the category; other words stay words', () => {
	expect(categoryFrom(' groceries ')).toBe('groceries');
	expect(categoryFrom('SUPERMERCADO')).toBe('groceries');
	expect(categoryFrom('Nomina')).toBe('salary');
	expect(categoryFrom('Bee  keeping')).toBe('Bee keeping');
	expect(categoryFrom('  ')).toBeNull();
	expect(categoryLabel('groceries', 'es')).toBe('Supermercado');
	expect(categoryLabel('Bee keeping', 'es')).toBe('Bee keeping');
});
