import { expect, test } from 'vitest';
import {
	bodyOf,
	checkValues,
	defineKind,
	emptyValues,
	formFields,
	kindIn,
	kindOf,
	kinds,
	kindsOf,
	label,
	listColumns,
	refersTo,
	sheetColumns,
	tierOf,
	titleOf,
	upgradeBody,
	type Field,
	type Kind,
	type Label
} from '../../../src/lib/kinds/index.ts';
import { body, euros, expenseOf, ID } from './a-body.ts';

const about = { today: '2024-05-06', now: '2024-05-06T07:08:09Z', currency: 'MXN', only: () => undefined };
const expense = kindOf('expense') as Kind;
const nobody = { locale: 'en', nameOf: () => undefined };

function labelsOf(field: Field): Label[] {
	const inner = field.type === 'rows' ? Object.values(field.of).flatMap(labelsOf) : [];
	const options = field.type === 'choice' ? field.options.map((option) => option.label) : [];
	const pairs = field.type === 'number' ? Object.values(field.by?.cases ?? {}).flatMap(({ pair }) => pair ?? []) : [];
	const blank = field.type === 'schedule' && field.blank ? [field.blank] : [];
	return [field.label, ...(field.hint ? [field.hint] : []), ...options, ...pairs, ...blank, ...inner];
}

test('a note is kept in every domain that has kinds of its own, and each other kind in its own alone', () => {
	expect(kindIn('health', 'note')?.domain).toBe('health');
	expect(kindIn('finances', 'note')).toMatchObject({ domain: 'finances', fields: kindOf('note')?.fields });
	expect(kindIn('finances', 'note')).toBe(kindIn('finances', 'note'));
	expect(kindsOf('chat')).toEqual([]);
	expect(kindIn('health', 'expense')).toBeUndefined();
	expect(kindIn('nowhere', 'note')).toBeUndefined();
});

test.each(kinds.map((kind) => [kind.name, kind] as const))('%s speaks both languages everywhere', (_, kind) => {
	const told = (kind.reminders ?? []).flatMap(({ coming, passed, done }) => [coming, passed, ...(done ? [done] : [])]);
	const names = [
		kind.one,
		kind.many,
		kind.empty,
		kind.sheet.name,
		...told.map((each) => ('label' in each ? each.label : each))
	];
	const labels = [...names, ...Object.values(kind.fields).flatMap(labelsOf)];
	for (const each of labels) {
		expect(label(each, 'en').trim()).not.toBe('');
		expect(label(each, 'es').trim()).not.toBe('');
	}
});

test.each(kinds.map((kind) => [kind.name, kind] as const))(
	'%s refers only to fields and kinds that exist',
	(_, kind) => {
		for (const field of Object.values(kind.fields)) {
			expect(refersTo(field).map(kindOf)).not.toContain(undefined);
			for (const key of [
				field.type === 'schedule' ? field.start : undefined,
				field.type === 'date' || field.type === 'date-time' ? field.notBefore : undefined,
				...(field.type === 'date' || field.type === 'date-time' ? (field.stampOf ?? []) : []),
				...(field.type === 'rows' ? Object.values(field.former ?? {}) : []),
				field.type === 'number' ? field.unitOf : undefined,
				field.type === 'number' ? field.by?.field : undefined,
				field.when?.field,
				field.type === 'money' ? field.currencyOf : undefined,
				field.type === 'rows' ? field.addUp?.whole : undefined
			]) {
				if (key !== undefined) expect(Object.keys(kind.fields)).toContain(key);
			}
		}
	}
);

test.each(kinds.map((kind) => [kind.name, kind] as const))(
	'%s describes its form, list and sheet in order',
	(_, kind) => {
		expect(formFields(kind, 'en').map(({ key }) => key)).toEqual(Object.keys(kind.fields));
		expect(listColumns(kind, 'es').map(({ key }) => key)).toEqual(kind.list.columns);
		expect(sheetColumns(kind, 'es').map(({ key }) => key)).toEqual(kind.sheet.columns);
	}
);

test('an account’s number is highly sensitive, its name is not', () => {
	const { fields } = kindOf('account') as Kind;
	expect(tierOf(fields.number as Field)).toBe('highly sensitive');
	expect(tierOf(fields.name as Field)).toBe('sensitive');
	expect(kindOf('account')?.search).not.toContain('number');
});

test('a new record starts with what is likely and nothing else', () => {
	expect(emptyValues(expense, about)).toEqual({ date: '2024-05-06' });
	expect(emptyValues(kindOf('account') as Kind, about)).toEqual({ type: 'current', currency: 'MXN' });
	expect(emptyValues(kindOf('account') as Kind, { ...about, currency: undefined })).toEqual({ type: 'current' });
	expect(emptyValues(expense, { ...about, only: () => ID })).toEqual({ date: '2024-05-06', account: ID });
	expect(checkValues(expense, emptyValues(expense, about)).map(({ field }) => field)).toEqual(['amount']);
});

test('a record is called by the first thing that names it', () => {
	expect(titleOf(expense, { payee: 'Bakery' }, nobody)).toBe('Bakery');
	expect(titleOf(expense, { notes: 'first line\nsecond' }, nobody)).toBe('first line');
	expect(titleOf(expense, {}, { ...nobody, locale: 'es' })).toBe('Gasto');
	const names = { locale: 'en', nameOf: (id: string) => (id === ID ? 'Purse' : 'Bank') };
	expect(titleOf(kindOf('transfer') as Kind, { from: 'b', to: ID }, names)).toBe('Bank → Purse');
});

test('a save keeps what nobody here knows and drops what was emptied', () => {
	const before = { ...expenseOf({ payee: 'Old', notes: 'Old', mood: 'good' }), version: 7, more: 1 };
	const after = bodyOf(expense, { date: '2024-02-02', amount: euros(5), payee: '' }, '2024-03-03T00:00:00Z', before);
	expect(after).toEqual({
		kind: 'expense',
		version: 7,
		more: 1,
		values: { date: '2024-02-02', amount: euros(5), mood: 'good' },
		meta: { at: '2024-03-03T00:00:00Z' }
	});
});

test('saving over a record that was deleted meanwhile brings it back', () => {
	const deleted = { ...expenseOf({}), meta: { at: '2024-01-01T00:00:00Z', deleted: true as const } };
	expect(bodyOf(expense, deleted.values, '2024-02-02T00:00:00Z', deleted).meta).toEqual({ at: '2024-02-02T00:00:00Z' });
});

test('an import’s source stays with the record it made', () => {
	const source = { import: ID, format: 'csv', line: 3 };
	const made = bodyOf(expense, expenseOf({}).values, '2024-03-03T00:00:00Z', undefined, source);
	expect(bodyOf(expense, made.values, '2024-04-04T00:00:00Z', made).meta).toEqual({
		at: '2024-04-04T00:00:00Z',
		source
	});
});

test('a body of the newest or an unknown version or kind is not touched', () => {
	const strange = body('spell', { power: 9 });
	const newer = { ...expenseOf({}), version: 9 };
	expect(upgradeBody(strange)).toBe(strange);
	expect(upgradeBody(newer)).toBe(newer);
});

test('a kind’s file that names a field it does not have, or lacks an upgrade, is refused when loaded', () => {
	expect(() => defineKind({ ...expense, search: ['mood'] })).toThrow('kinds/definition');
	expect(() => defineKind({ ...expense, version: 2 })).toThrow('kinds/definition');
	expect(() => defineKind({ ...expense, version: 2, upgrades: { 1: (values) => values } })).not.toThrow();
});
