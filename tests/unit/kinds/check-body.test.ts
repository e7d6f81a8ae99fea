import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkBody, kinds, problemText, type Problem } from '../../../src/lib/kinds/index.ts';
import { body, euros, expenseOf, ID } from './a-body.ts';

const codes = (value: unknown): string[] => checkBody(value).problems.map(({ field, code }) => `${field}: ${code}`);

test('a whole expense has nothing wrong with it', () => {
	expect(checkBody(expenseOf({ category: 'groceries', account: ID, tags: ['a', 'b'], notes: 'n' }))).toEqual({
		ok: true,
		problems: []
	});
});

test('each field that is wrong is named with what is wrong', () => {
	const values = {
		date: '2023-02-29',
		amount: { minor: -5, currency: 'EUR' },
		account: 'x',
		tags: ['a', 'a'],
		notes: 7
	};
	expect(codes(body('expense', values))).toEqual([
		'date: date',
		'amount: negative',
		'account: reference',
		'tags: tags',
		'notes: text'
	]);
});

test('what is required and blank is asked for, what is not is not', () => {
	expect(codes(body('expense', { date: '', category: '  ', tags: [] }))).toEqual([
		'date: required',
		'amount: required'
	]);
	expect(codes(body('account', {}))).toEqual(['name: required', 'type: required', 'currency: required']);
});

test('the parts of an expense add up to it, to the cent', () => {
	const parts = (...minors: number[]): unknown[] => minors.map((minor) => ({ amount: euros(minor), category: 'pets' }));
	expect(codes(expenseOf({ amount: euros(1000), splits: parts(999, 1) }))).toEqual([]);
	const { problems } = checkBody(expenseOf({ amount: euros(1000), splits: parts(700, 200) }));
	expect(problems).toEqual([{ field: 'splits', code: 'sum', detail: { over: '-100', currency: 'EUR' } }]);
	expect(problemText(problems[0] as Problem, 'en')).toBe('The parts must add up to the amount: €1.00 missing.');
	expect(problemText(problems[0] as Problem, 'es')).toBe('Las partes deben sumar el importe: faltan 1,00\u00A0€.');
});

test('a part without category or in another currency is found by its place', () => {
	const splits = [{ amount: euros(500), category: 'pets' }, { amount: euros(500) }];
	expect(codes(expenseOf({ amount: euros(1000), splits }))).toEqual(['splits.1.category: required']);
	const dollars = { amount: { minor: 500, currency: 'USD' }, category: 'pets' };
	expect(codes(expenseOf({ amount: euros(1000), splits: [splits[0], dollars] }))).toEqual([
		'splits.1.amount: currency'
	]);
});

test('a transfer goes to another account, and a payment does not end before it begins', () => {
	const transfer = { date: '2024-01-01', amount: euros(5), from: ID, to: ID };
	expect(codes(body('transfer', transfer))).toEqual(['to: same-reference']);
	const payment = { name: 'Rent', amount: euros(5), schedule: 'FREQ=MONTHLY', next: '2024-02-01', ends: '2024-01-31' };
	expect(codes(body('recurring-payment', payment))).toEqual(['ends: date-order']);
});

test('an amount beyond what can be summed is refused', () => {
	expect(codes(expenseOf({ amount: euros(1e15 - 1) }))).toEqual([]);
	expect(codes(expenseOf({ amount: euros(1e15) }))).toEqual(['amount: money-too-large']);
});

test('only a balance may be below zero', () => {
	const account = { name: 'Loan', type: 'loan', currency: 'EUR', opening: euros(-100) };
	expect(codes(body('account', account))).toEqual([]);
});

test('a category may be a person’s own word, a type may not', () => {
	expect(codes(expenseOf({ category: 'Beekeeping' }))).toEqual([]);
	expect(codes(body('account', { name: 'x', type: 'Beekeeping', currency: 'EUR' }))).toEqual(['type: choice']);
});

test('a newer version may have choices this one does not know', () => {
	const newer = { ...body('account', { name: 'x', type: 'vault', currency: 'EUR' }), version: 99 };
	expect(codes(newer)).toEqual([]);
});

test('kinds, fields and members nobody here knows are no problem', () => {
	expect(codes(body('spell', { anything: [1] }))).toEqual([]);
	expect(codes({ ...expenseOf({ mood: { good: true } }), more: 1 })).toEqual([]);
});

test('a deletion needs no values', () => {
	expect(codes({ ...body('expense', {}), meta: { at: '2024-01-01T00:00:00Z', deleted: true } })).toEqual([]);
});

test.each([
	null,
	[],
	{},
	{ ...expenseOf({}), kind: 'No Such' },
	{ ...expenseOf({}), version: 0 },
	{ ...expenseOf({}), values: [] },
	{ ...expenseOf({}), meta: { at: 'yesterday' } },
	{ ...expenseOf({}), meta: { at: '2024-01-01T00:00:00Z', deleted: false } }
])('%j is not a body', (value) => {
	expect(checkBody(value)).toEqual({ ok: false, problems: [{ field: '', code: 'body' }] });
});

test('any JSON at all in any field is checked without throwing, and every problem has a sentence', () => {
	for (const kind of kinds) {
		const values = fc.dictionary(fc.constantFrom(...Object.keys(kind.fields)), fc.jsonValue());
		fc.assert(
			fc.property(values, (given) => {
				for (const problem of checkBody(body(kind.name, given)).problems) {
					expect(Object.hasOwn(kind.fields, problem.field.split('.')[0] ?? '')).toBe(true);
					expect(problemText(problem, 'en')).not.toMatch(/[{}]|undefined/);
					expect(problemText(problem, 'es')).not.toMatch(/[{}]|undefined/);
				}
			}),
			{ numRuns: process.env.ARCA_SOAK ? 20_000 : 100 }
		);
	}
});
