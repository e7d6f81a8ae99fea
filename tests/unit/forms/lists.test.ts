import { expect, test } from 'vitest';
import { attentionWords } from '../../../src/lib/forms/attention-words.ts';
import { cellText } from '../../../src/lib/forms/cell-text.ts';
import { kindName } from '../../../src/lib/forms/kind-name.ts';
import { ListView, listViewOf } from '../../../src/lib/forms/list-view.svelte.ts';
import { listPath, narrowedPath, newPath, recordPath } from '../../../src/lib/forms/paths.ts';
import { remainderOf } from '../../../src/lib/forms/remainder.ts';
import { ruleOf, simpleSchedule } from '../../../src/lib/forms/schedule-draft.ts';
import { sumText } from '../../../src/lib/forms/sum-text.ts';
import {
	addDays,
	BLANK,
	kindOf,
	sortRecords,
	today,
	type Field,
	type Kind,
	type KindRecord
} from '../../../src/lib/kinds/index.ts';
import { vault } from '../../../src/lib/vault/vault.svelte.ts';

const expense = kindOf('expense') as Kind;
const look = { locale: 'en', nameOf: () => undefined };
const spent = (id: string, values: Record<string, unknown>): KindRecord => ({
	id,
	body: { kind: 'expense', version: 1, values, meta: { at: '2024-01-01T00:00:00Z' } }
});
const bread = spent('a', { date: '2024-01-02', payee: 'Bäckerei', amount: { minor: 250, currency: 'EUR' } });
const shoes = spent('b', {
	date: '2024-01-03',
	payee: 'Zapatos',
	category: 'clothing',
	amount: { minor: 9900, currency: 'USD' }
});
const ids = (records: readonly KindRecord[]): string[] => records.map(({ id }) => id);

test('a list begins in the order of its kind, and a head turned to twice turns it round', () => {
	const view = new ListView(expense);
	const order = (records: KindRecord[]) => ids(sortRecords(records, expense, view.sort, look));
	expect(order([bread, shoes])).toEqual(['b', 'a']);
	view.orderBy('payee');
	expect(order([shoes, bread])).toEqual(['a', 'b']);
	view.orderBy('payee');
	expect(order([bread, shoes])).toEqual(['b', 'a']);
});

test('words and filters narrow a list together, and clearing shows everything', () => {
	const view = new ListView(expense);
	const onlyBread = (id: string) => id === 'a';
	expect(ids(view.find([bread, shoes], onlyBread))).toEqual(['a']);
	view.filter('category', { oneOf: ['clothing'] });
	expect(view.find([bread, shoes], onlyBread)).toEqual([]);
	expect(ids(view.find([bread, shoes], null))).toEqual(['b']);
	view.clear();
	expect(ids(view.find([bread, shoes], null))).toEqual(['a', 'b']);
	view.showOnly('category', BLANK);
	expect(ids(view.find([bread, shoes], null))).toEqual(['a']);
	view.filter('category', undefined);
	expect(view.filtering).toBe(0);
});

test('a list is as it was left, for each entity and kind', () => {
	listViewOf('one', expense).query = 'bread';
	expect(listViewOf('one', expense).query).toBe('bread');
	expect(listViewOf('two', expense).query).toBe('');
});

test('over a list stands the sum of each currency', () => {
	expect(sumText(expense, [bread, shoes], 'en')).toBe('€2.50 · $99.00');
	const absurd = { amount: { minor: Number.MAX_SAFE_INTEGER, currency: 'EUR' } };
	expect(sumText(expense, [spent('c', absurd), spent('d', absurd)], 'en')).toBe('more than can be shown');
	expect(sumText(kindOf('category-rule') as Kind, [], 'en')).toBe('');
});

test('an expense without a category asks for one', () => {
	expect(attentionWords(expense, bread.body, 'es')).toBe('Sin categoría');
	expect(attentionWords(expense, shoes.body, 'es')).toBe('');
});

test('a paper that has expired says so, and a bill that is not paid', () => {
	const of = (name: string, values: Record<string, unknown>) => {
		const body = { kind: name, version: 1, values, meta: { at: '2024-01-01T00:00:00Z' } };
		return attentionWords(kindOf(name) as Kind, body, 'en');
	};
	expect(of('identity-document', { expires: addDays(today(), -1) })).toBe('Expired');
	expect(of('identity-document', { expires: addDays(today(), 1) })).toBe('');
	expect(of('recurring-payment', { next: '2024-01-01', schedule: 'FREQ=MONTHLY' })).toBe('Overdue');
});

test('an expense split into sorted parts asks for nothing, is listed under theirs, and is found by them', () => {
	const part = (minor: number, category?: string) => ({ amount: { minor, currency: 'EUR' }, category });
	const split = (...splits: unknown[]) => spent('d', { ...bread.body.values, splits });
	const sorted = split(part(100, 'pets'), part(150, 'groceries'));
	const half = split(part(100, 'pets'), part(150));
	expect([sorted, half].map(({ body }) => attentionWords(expense, body, 'en'))).toEqual(['', 'Uncategorised']);
	const category = expense.fields.category as Field;
	expect(cellText(category, 'category', sorted.body.values, look)).toBe('Pets, Groceries');
	const view = new ListView(expense);
	view.showOnly('category', BLANK);
	expect(view.find([sorted, half, bread], null)).toEqual([half, bread]);
	view.filter('category', { oneOf: ['groceries'] });
	expect(view.find([sorted, half], null)).toEqual([sorted]);
});

test('what a person looked for is forgotten with them', () => {
	listViewOf('one', expense).query = 'secret';
	vault.belongTo('ana');
	expect(listViewOf('one', expense).query).toBe('');
	vault.belongTo(null);
});

test('the next part of a split starts with what is still missing', () => {
	const part = (text: string) => ({ amount: { text, of: 'EUR' } });
	expect(remainderOf({ text: '10', of: 'EUR' }, [], 'amount', 'en')).toEqual({ text: '10.00', of: 'EUR' });
	expect(remainderOf({ text: '10,50', of: 'EUR' }, [part('4,25')], 'amount', 'es')).toEqual({
		text: '6,25',
		of: 'EUR'
	});
	expect(remainderOf({ text: '10', of: 'EUR' }, [part('12')], 'amount', 'en').text).toBe('');
	expect(remainderOf({ text: 'ten', of: 'EUR' }, [], 'amount', 'en')).toEqual({ text: '', of: 'EUR' });
	expect(remainderOf(undefined, [], 'amount', 'en')).toEqual({ text: '', of: '' });
});

test('a rule the form can draw comes back the same; one that says more is kept as it is', () => {
	for (const rule of ['FREQ=MONTHLY', 'FREQ=WEEKLY;INTERVAL=2', 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1']) {
		const simple = simpleSchedule(rule);
		expect(simple && ruleOf(simple)).toBe(rule);
	}
	for (const rule of [
		'FREQ=WEEKLY;BYDAY=MO;COUNT=3',
		'FREQ=MONTHLY;COUNT=3',
		'FREQ=MONTHLY;BYMONTHDAY=1',
		'FREQ=HOURLY'
	]) {
		expect(simpleSchedule(rule)).toBeNull();
	}
});

test('addresses name entity, domain, kind and record', () => {
	expect(listPath('e', expense)).toBe('/e/finances/expense');
	expect(recordPath('e', expense, 'r')).toBe('/e/finances/expense/r');
	expect(newPath('e', expense)).toBe('/e/finances/expense/new');
	expect(newPath('e', expense, { account: 'a b' })).toBe('/e/finances/expense/new?account=a+b');
	expect(narrowedPath('e', expense, 'account', 'a')).toBe('/e/finances/expense?account=a');
});

test('a kind’s name is small on a button', () => {
	expect(kindName(expense.one, 'en')).toBe('expense');
	expect(kindName((kindOf('category-rule') as Kind).one, 'es')).toBe('regla de categoría');
});
