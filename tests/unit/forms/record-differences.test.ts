import { expect, test } from 'vitest';
import { differencesOf } from '../../../src/lib/forms/record-differences.ts';
import { kindOf, type Kind, type RecordBody } from '../../../src/lib/kinds/index.ts';

const expense = kindOf('expense') as Kind;
const body = (values: Record<string, unknown>, meta: object = {}): RecordBody => ({
	kind: 'expense',
	version: 1,
	values: { payee: 'Soler', ...values },
	meta: { at: '2026-03-01T09:00:00.000Z', ...meta }
});

/** What is told of a change, a line each. */
function told(before: RecordBody, after: RecordBody): string[] {
	const names = new Map([['a1', 'Current account']]);
	const look = { locale: 'en-GB', nameOf: (id: string) => names.get(id) };
	return differencesOf(expense, before, after, look).map(({ label, text }) => (label ? `${label}: ${text}` : text));
}

test('a value that changed is told as it was and as it is then, in words a person reads', () => {
	const [was, is] = [
		{ minor: 1200, currency: 'EUR' },
		{ minor: 1500, currency: 'EUR' }
	];
	expect(told(body({ amount: was }), body({ amount: is }))).toEqual(['Amount: €12.00 → €15.00']);
	expect(told(body({ payee: 'A', note: 'x' }), body({ payee: 'B', note: 'y' }))).toHaveLength(2);
});

test('a value that came or went is told as that', () => {
	expect(told(body({}), body({ account: 'a1' }))).toEqual(['Account: Added: Current account']);
	expect(told(body({ account: 'a1' }), body({}))).toEqual(['Account: Taken out: Current account']);
});

test('a value that differs and reads alike is told as changed', () => {
	expect(told(body({ account: 'gone' }), body({ account: 'gone too' }))).toEqual(['Account: Changed']);
});

test('the bin is told, with what changed besides', () => {
	const gone = { deleted: true };
	expect(told(body({}), body({}, gone))).toEqual(['Moved to the bin']);
	expect(told(body({}, gone), body({ payee: 'B' }))).toEqual(['Taken out of the bin', 'Payee: Soler → B']);
});

test('what no field shows is told without its content, once', () => {
	expect(told(body({ later: 1 }), body({ later: 2, newest: 3 }))).toEqual(['Something else that is not shown here']);
	const undecided = body({}, { conflicts: { payee: [{ value: 'B', at: '' }] } });
	expect(told(undecided, body({}))).toEqual(['Something else that is not shown here']);
});

test('a save that changed nothing is told as that', () => {
	expect(told(body({}), body({}, { at: '2026-04-01T00:00:00.000Z' }))).toEqual(['Saved again, unchanged']);
});
