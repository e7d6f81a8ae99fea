import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold, kindOf, SearchIndex, textMaker, valuePicker, wordsOf } from '../../../src/lib/kinds/index.ts';
import type { Kind, RecordBody } from '../../../src/lib/kinds/index.ts';
import { body, euros, expenseOf, ID } from './a-body.ts';

const nameOf = (id: string) => (id === ID ? 'Cuenta Ñandú' : undefined);
const textOf = ({ kind, values }: RecordBody) => textMaker(kindOf(kind) as Kind, nameOf)(values);

/** The slots whose bit is set. */
const slotsIn = (found: Uint32Array, count: number) =>
	Array.from({ length: count }, (_, slot) => slot).filter((slot) => ((found[slot >>> 5] ?? 0) >>> (slot & 31)) & 1);

function matches(text: string, query: string): boolean {
	const index = new SearchIndex();
	index.put(new Map([[0, text]]));
	return slotsIn(index.find(wordsOf(query)), 1).length === 1;
}

test('search finds words without their accents and capitals, in any order', () => {
	const text = textOf(expenseOf({ payee: 'Café Ámbar', notes: 'Desayuno', category: 'eating-out', account: ID }));
	for (const query of ['cafe', 'AMBAR café', 'desayuno bares', 'eating out', 'nandu', '']) {
		expect(matches(text, query)).toBe(true);
	}
	expect(matches(text, 'cafe merienda')).toBe(false);
});

test('search finds amounts with a point or a comma, and dates as written in either language', () => {
	const text = textOf(expenseOf({ amount: euros(123456), date: '2024-03-05' }));
	for (const query of ['1234.56', '1234,56', '2024-03-05', '5 mar 2024', 'Mar 5'])
		expect(matches(text, query)).toBe(true);
});

test('search finds the categories of the parts', () => {
	const splits = [{ amount: euros(100), category: 'pets' }];
	expect(matches(textOf(expenseOf({ splits })), 'mascotas')).toBe(true);
});

test('an account’s number is not searched', () => {
	const account = body('account', { name: 'Main', number: 'ES9121000418450200051332' });
	expect(textOf(account)).not.toContain('9121');
	expect(valuePicker(kindOf('account') as Kind)(account.values)).not.toHaveProperty('number');
	expect(textOf(account)).toContain('main');
});

test('an index finds the very records whose text has every word, after any changes to it', () => {
	// Few letters, so that words do occur; with accents and another script.
	const word = fc.string({ unit: fc.constantFrom('a', 'b', 'á', 'Ñ', 'я', '1', ','), maxLength: 4 });
	const text = fc.array(word, { maxLength: 5 }).map((words) => fold(words.join(' ')));
	const changes = fc.array(fc.array(fc.tuple(fc.nat(600), text), { maxLength: 40 }), { maxLength: 4 });
	fc.assert(
		fc.property(changes, fc.array(word, { maxLength: 3 }), (batches, asked) => {
			const index = new SearchIndex();
			const plain = new Map<number, string>();
			for (const batch of batches) {
				index.put(new Map(batch));
				for (const [slot, each] of batch) plain.set(slot, each);
			}
			const words = wordsOf(asked.join(' '));
			const expected = [...plain].filter(([, each]) => each && words.every((one) => each.includes(one)));
			const found = slotsIn(index.find(words), 768).filter((slot) => plain.get(slot));
			expect(found).toEqual(expected.map(([slot]) => slot).sort((a, b) => a - b));
			// What has no text is found by no word.
			if (words.length > 0) expect(slotsIn(index.find(words), 768)).toEqual(found);
		})
	);
});

test('a text is the same whether or not another record said the same before', () => {
	const make = textMaker(kindOf('expense') as Kind, nameOf);
	const lunch = expenseOf({ payee: 'Bar', category: 'eating-out', account: ID, amount: euros(1250) });
	const supper = expenseOf({ payee: 'eating-out', category: 'Bar', account: ID, amount: euros(1250) });
	const first = make(lunch.values);
	expect(make(supper.values)).toBe(textOf(supper));
	expect(make(lunch.values)).toBe(first);
	expect(first.split('\n')).toEqual(
		expect.arrayContaining(['bar', 'eating out', '12.50 eur', '12,50', 'cuenta nandu'])
	);
});
