import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JudgedMovement } from '../../../src/lib/import/find-duplicates.ts';
import { findDuplicates } from '../../../src/lib/import/find-duplicates.ts';
import type { Format, Movement } from '../../../src/lib/import/movement.ts';
import type { RevisedRecord } from '../../../src/lib/import/past-imports.ts';
import { processorTime } from '../../stage/processor-time.ts';
import { account, imported, movement } from './movements.ts';

/** The records an import of a file of some format leaves in an empty vault. */
function after(movements: readonly Movement[], format: Format): RevisedRecord[] {
	return imported(findDuplicates(movements, account, [], format), `run-${format}`, format);
}

function judge(movements: readonly Movement[], records: readonly RevisedRecord[], format: Format): JudgedMovement[] {
	return findDuplicates(movements, account, records, format);
}

function verdicts(movements: readonly Movement[], records: readonly RevisedRecord[], format: Format): string[] {
	return judge(movements, records, format).map(({ verdict }) => verdict);
}

test('the same movement from another format is offered as the same: cut off, in capitals, with a note elsewhere', () => {
	const csv = after([movement({ payee: 'Corner Grocery & Delicatessen Ltd, High Street' })], 'csv');
	for (const other of [
		movement({ payee: 'CORNER GROCERY & DELICATESSEN LT', bankId: 'F1' }),
		movement({ payee: 'CARD 4411', notes: 'corner   grocery', bankId: 'F2' }),
		movement({ payee: 'Something else', bankId: 'F3' }),
		movement({ payee: 'Corner Grocery', date: '2024-02-02', bankId: 'F4' }),
		movement({ payee: 'Corner Grocery', date: '2024-01-28', bankId: 'F5' })
	]) {
		expect(judge([other], csv, 'ofx')).toMatchObject([{ verdict: 'maybe', like: 'run-csv/0' }]);
	}
});

test('a further day and another party, five days, another amount or currency: those are new', () => {
	const csv = after([movement({ payee: 'Corner Grocery' })], 'csv');
	const others = [
		movement({ payee: 'Bookshop', date: '2024-02-01' }),
		movement({ payee: 'Corner Grocery', date: '2024-02-05' }),
		movement({ payee: 'Corner Grocery', minor: -101 }),
		movement({ payee: 'Corner Grocery', minor: 100 }),
		movement({ payee: 'Corner Grocery', money: { minor: -100, currency: 'USD' } })
	];
	for (const other of others) expect(verdicts([other], csv, 'qif')).toEqual(['new']);
});

test('the same texts on the same day are known whatever the format, with an id of the bank or without', () => {
	const plain = movement({ payee: 'Shop', notes: 'x' });
	const withId = movement({ payee: 'SHOP', notes: 'X', bankId: 'F1' });
	expect(verdicts([withId], after([plain], 'csv'), 'ofx')).toEqual(['known']);
	expect(verdicts([plain], after([withId], 'ofx'), 'qif')).toEqual(['known']);
	expect(verdicts([{ ...withId, bankId: 'CSV-1' }], after([withId], 'ofx'), 'csv')).toEqual(['known']);
	expect(verdicts([withId, { ...withId, bankId: 'F2' }], after([plain], 'csv'), 'ofx')).toEqual(['known', 'new']);
});

test('the id of the bank finds a movement whose day was moved, and an id that is used again hides nothing', () => {
	const first = after([movement({ bankId: 'F1', payee: 'Pending' })], 'ofx');
	expect(verdicts([movement({ bankId: 'F1', payee: 'Shop, booked' })], first, 'ofx')).toEqual(['known']);
	expect(verdicts([movement({ bankId: 'F1', payee: 'Shop', date: '2024-02-02' })], first, 'ofx')).toEqual(['maybe']);
	expect(verdicts([movement({ bankId: 'F1', minor: -200 })], first, 'ofx')).toEqual(['new']);
	expect(verdicts([movement({ bankId: 'F1', date: '2024-03-31' })], first, 'ofx')).toEqual(['new']);
	expect(verdicts([movement({ bankId: 'F2', payee: 'Pending' })], first, 'ofx')).toEqual(['new']);
});

test('where a bank draws new ids for each download, what is here already is asked about', () => {
	const first = [movement({ bankId: 'A1', payee: 'Shop' }), movement({ bankId: 'A2', payee: 'Bakery', minor: -300 })];
	const again = [movement({ bankId: 'B1', payee: 'Shop' }), movement({ bankId: 'B2', payee: 'Bakery', minor: -300 })];
	const further = movement({ bankId: 'B3', payee: 'Kiosk', minor: -700 });
	expect(verdicts([...again, further], after(first, 'ofx'), 'ofx')).toEqual(['maybe', 'maybe', 'new']);
	// One id that is known shows that they hold: then the others are other movements.
	expect(verdicts([...again, first[0] ?? further], after(first, 'ofx'), 'ofx')).toEqual(['new', 'new', 'known']);
});

test('a pair is matched one to one and the nearest day goes first: daily tickets of one price stay as many as they are', () => {
	const days = ['2024-01-29', '2024-01-30', '2024-01-31'];
	const csv = after(
		days.map((date, line) => movement({ date, line, payee: 'Bus' })),
		'csv'
	);
	const ofx = [...days, '2024-02-01'].map((date, at) => movement({ date, payee: 'CITY BUS', bankId: `F${at}` }));
	const judged = judge(ofx, csv, 'ofx');
	expect(judged.map(({ verdict, like }) => [verdict, like])).toEqual([
		['maybe', 'run-csv/0'],
		['maybe', 'run-csv/1'],
		['maybe', 'run-csv/2'],
		['new', undefined]
	]);
});

test('what a file has twice under one id is asked about, and twins with ids of their own are two', () => {
	const twins = [movement({ bankId: 'A', line: 2 }), movement({ bankId: 'B', line: 3 })];
	expect(verdicts(twins, [], 'ofx')).toEqual(['new', 'new']);
	const repeated = [movement({ bankId: 'A', line: 2 }), movement({ bankId: 'A', line: 9, sameAs: 2 })];
	expect(verdicts(repeated, [], 'ofx')).toEqual(['new', 'maybe']);
	expect(verdicts(repeated, after(repeated.slice(0, 1), 'ofx'), 'ofx')).toEqual(['known', 'maybe']);
});

test('a transfer that is here already is offered on either side, some days later too', () => {
	const values = { date: '2024-01-31', amount: { minor: 100, currency: 'EUR' }, from: 'savings', to: account };
	const body = { kind: 'transfer', version: 1, values, meta: { at: '2024-01-31T10:00:00Z' } };
	const record = { id: 't', rev: '1', body };
	expect(verdicts([movement({ minor: 100, date: '2024-02-02', bankId: 'F1' })], [record], 'ofx')).toEqual(['maybe']);
	expect(verdicts([movement({ minor: -100, date: '2024-02-02', bankId: 'F1' })], [record], 'ofx')).toEqual(['new']);
});

test('three formats of one account, days moved and names cut, leave each movement once', () => {
	const day = fc.integer({ min: 5, max: 25 });
	const raw = fc.array(
		fc.tuple(day, fc.constantFrom('Corner Grocery', 'Bookshop', 'City Bus'), fc.constantFrom(-100, -250, 900)),
		{ maxLength: 30 }
	);
	fc.assert(
		fc.property(raw, fc.integer({ min: -2, max: 2 }), (rows, shift) => {
			// One that falls on the very day of another alike is taken for that one: nothing tells them apart.
			const falls = ([on, payee, minor]: (typeof rows)[number]) =>
				rows.some((other) => other[0] === on + shift && other[1] === payee && other[2] === minor);
			fc.pre(shift === 0 || !rows.some(falls));
			const dayOf = (on: number) => `2024-01-${String(on).padStart(2, '0')}`;
			const csv = rows.map(([on, payee, minor], line) => movement({ line, date: dayOf(on), payee, minor }));
			const ofx = rows.map(([on, payee, minor], at) =>
				movement({ date: dayOf(on + shift), payee: `${payee.toUpperCase()} 4411`, minor, bankId: `F${at}` })
			);
			const qif = rows.map(([on, payee, minor], line) =>
				movement({ line: line * 4, date: dayOf(on), payee: payee.slice(0, 9), minor })
			);
			const records = after(csv, 'csv');
			// What is offered as the same is left out, as it is where the person does nothing.
			const second = judge(ofx, records, 'ofx');
			expect(second.filter(({ verdict }) => verdict === 'new')).toEqual([]);
			expect(new Set(second.map(({ like }) => like)).size).toBe(rows.length);
			expect(judge(qif, records, 'qif').filter(({ verdict }) => verdict === 'new')).toEqual([]);
		})
	);
});

test('twenty thousand alike on one day, there and in the file, cost no more than a moment', { timeout: 60_000 }, () => {
	const many = Array.from({ length: 20_000 }, (_, line) => movement({ line, payee: `Kiosk ${line % 7}` }));
	const ofx = many.map((each, at) => ({ ...each, payee: 'Other', bankId: `F${at}` }));
	const took = processorTime(() => expect(judge(ofx, after(many, 'csv'), 'ofx')).toHaveLength(20_000));
	expect(took).toBeLessThan(30_000);
});
