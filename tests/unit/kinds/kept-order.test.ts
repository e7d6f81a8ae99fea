import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeptOrder, kindOf, listChanges, sortRecords } from '../../../src/lib/kinds/index.ts';
import type { Kind, KindRecord } from '../../../src/lib/kinds/index.ts';
import { body, euros, record } from './a-body.ts';

const expense = kindOf('expense') as Kind;
const look = { locale: 'es', nameOf: () => undefined };
const values = fc.record({
	payee: fc.option(fc.constantFrom('Ámbar', 'ambar', 'Bar 2', 'Bar 10', 'ñu', ''), { nil: undefined }),
	amount: fc.option(fc.integer({ min: -3, max: 3 }).map(euros), { nil: undefined }),
	date: fc.constantFrom('2024-01-01', '2024-01-02', '2024-02-01')
});
const sorts = fc.record({ by: fc.constantFrom('payee', 'amount', 'date', 'gone'), descending: fc.boolean() });

/** As one would say it: compare two records, and leave equal ones as they are. */
function plainly(
	records: readonly KindRecord[],
	{ by, descending }: { by: string; descending: boolean }
): KindRecord[] {
	const { compare } = new Intl.Collator('es', { numeric: true, sensitivity: 'base' });
	const keyOf = ({ body: { values: each } }: KindRecord) => each[by] as string | { minor: number } | undefined;
	if (by === 'gone') return [...records];
	return records.toSorted((a, b) => {
		const [one, other] = [keyOf(a) || undefined, keyOf(b) || undefined];
		if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
		const rising =
			typeof one === 'string' ? compare(one, other as string) : one.minor - (other as { minor: number }).minor;
		return descending ? -rising : rising;
	});
}

test('sorting by ranks gives what comparing records two by two gives', () => {
	fc.assert(
		fc.property(fc.array(values, { maxLength: 40 }), sorts, (all, sort) => {
			const records = all.map((each) => record('expense', each));
			expect(sortRecords(records, expense, sort, look)).toEqual(plainly(records, sort));
		})
	);
});

test('amounts past what a number counts exactly are still ordered by size', () => {
	const most = Number.MAX_SAFE_INTEGER;
	const amounts = [most, most - 1, 5, most - 2].map((minor) => ({ minor, currency: minor === most ? 'JPY' : 'EUR' }));
	const records = amounts.map((amount) => record('expense', { amount }));
	const sorted = sortRecords(records, expense, { by: 'amount', descending: false }, look);
	expect(sorted.map((each) => records.indexOf(each))).toEqual([2, 3, 1, 0]);
});

test('a kept order is what sorting anew would give, however records are edited, added and taken away', () => {
	const edit = fc.tuple(fc.nat(60), fc.constantFrom('edit', 'remove', 'add'), values);
	const edits = fc.array(fc.array(edit, { maxLength: 80 }), { maxLength: 5 });
	fc.assert(
		fc.property(fc.array(values, { maxLength: 40 }), edits, sorts, (all, batches, sort) => {
			const kept = new KeptOrder();
			let records: readonly KindRecord[] = all.map((each) => record('expense', each));
			kept.order(records, expense, sort, look);
			for (const batch of batches) {
				const next = [...records];
				for (const [at, what, each] of batch) {
					const old = next[at];
					if (what === 'add') next.push(record('expense', each));
					else if (old && what === 'remove') next.splice(at, 1);
					else if (old) next[at] = { id: old.id, body: body('expense', each) };
				}
				records = next;
				expect(kept.order(records, expense, sort, look)).toEqual(sortRecords(records, expense, sort, look));
			}
		})
	);
});

test('one saved record does not make a new list of what nothing changed in', () => {
	const records = [record('expense', { payee: 'b' }), record('expense', { payee: 'a' })];
	const kept = new KeptOrder();
	const sort = { by: 'payee', descending: false };
	const first = kept.order(records, expense, sort, look);
	expect(kept.order(records, expense, sort, look)).toBe(first);
});

test('the changes of a list are its edited, its new and its lost records', () => {
	const [a, b, c] = ['a', 'b', 'c'].map((payee) => record('expense', { payee })) as [
		KindRecord,
		KindRecord,
		KindRecord
	];
	const edited = { ...b };
	const more = record('expense', {});
	expect(listChanges([a, b, c], [a, b, c])).toEqual({ gone: [], come: [] });
	expect(listChanges([a, b, c], [edited, c, more])).toEqual({ gone: [a, b], come: [0, 2] });
	expect(listChanges([], [a])).toEqual({ gone: [], come: [0] });
});
