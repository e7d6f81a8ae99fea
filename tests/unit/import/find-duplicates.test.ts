import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findDuplicates } from '../../../src/lib/import/find-duplicates.ts';
import { account, imported, importNew, movement, verdicts } from './movements.ts';

const first = [movement({ line: 2 }), movement({ line: 3 }), movement({ line: 4, payee: 'Bakery' })];

test('twins in one file stay two', () => {
	expect(verdicts(first, [])).toEqual(['new', 'new', 'new']);
});

test('a second import of the same file finds everything', () => {
	const vault = importNew(first, [], 'run-1');
	expect(verdicts(first, vault)).toEqual(['known', 'known', 'known']);
});

test('a third twin that a longer statement brings is new', () => {
	const vault = importNew(first, [], 'run-1');
	const longer = [movement({ line: 7 }), movement({ line: 8 }), movement({ line: 9 }), movement({ payee: 'Kiosk' })];
	expect(verdicts(longer, vault)).toEqual(['known', 'known', 'new', 'new']);
});

test('line numbers, capitals, accents and spaces make no difference; another account does', () => {
	const vault = importNew([movement({ payee: 'Café  Sol' })], [], 'run-1');
	expect(verdicts([movement({ line: 90, payee: 'CAFE SOL' })], vault)).toEqual(['known']);
	expect(findDuplicates([movement({ payee: 'Café Sol' })], 'another', vault)[0]?.verdict).toBe('new');
});

test('the bank’s own id finds a movement whose text the bank changed', () => {
	const vault = importNew([movement({ bankId: 'T-1', payee: 'PENDING Shop' })], [], 'run-1');
	expect(verdicts([movement({ bankId: 'T-1', payee: 'Shop, Berlin' })], vault)).toEqual(['known']);
	expect(verdicts([movement({ bankId: 'T-2', payee: 'PENDING Shop' })], vault)).toEqual(['new']);
});

test('an imported record is found again after the person edited or moved it', () => {
	const [record] = imported(findDuplicates([movement()], account, []));
	if (!record) throw new Error('one record');
	record.body.values = {
		...record.body.values,
		payee: 'Renamed',
		amount: { minor: 5, currency: 'EUR' },
		account: 'another'
	};
	expect(verdicts([movement()], [record])).toEqual(['known']);
});

test('a record typed by hand with the same account, day and amount is offered as maybe, once', () => {
	const amount = { minor: 100, currency: 'EUR' };
	const values = { date: '2024-01-31', amount, payee: 'lunch', account };
	const body = { kind: 'expense', version: 1, values, meta: { at: '2024-01-31T10:00:00Z' } };
	const judged = findDuplicates([movement(), movement()], account, [{ id: 'typed', body }]);
	expect(judged.map(({ verdict, like }) => [verdict, like])).toEqual([
		['maybe', 'typed'],
		['new', undefined]
	]);
	const other = (more: object) => [{ id: 'typed', body: { ...body, values: { ...values, ...more } } }];
	expect(findDuplicates([movement()], account, other({ account: 'another' }))[0]?.verdict).toBe('new');
	expect(findDuplicates([movement()], account, other({ date: '2024-01-30' }))[0]?.verdict).toBe('new');
	expect(findDuplicates([movement({ minor: 100 })], account, other({}))[0]?.verdict).toBe('new');
	expect(findDuplicates([movement()], account, other({ account: undefined }))[0]?.verdict).toBe('maybe');
});

test('a transfer between own accounts may be the movement, on either side', () => {
	const values = { date: '2024-01-31', amount: { minor: 100, currency: 'EUR' }, from: account, to: 'savings' };
	const body = { kind: 'transfer', version: 1, values, meta: { at: '2024-01-31T10:00:00Z' } };
	expect(findDuplicates([movement()], account, [{ id: 't', body }])[0]?.verdict).toBe('maybe');
	expect(findDuplicates([movement({ minor: 100 })], 'savings', [{ id: 't', body }])[0]?.verdict).toBe('maybe');
	expect(findDuplicates([movement({ minor: 100 })], account, [{ id: 't', body }])[0]?.verdict).toBe('new');
});

test('the same file read with other columns is offered as maybe, another shop’s payment of that day is new', () => {
	const vault = importNew([movement({ line: 7, payee: 'Shop' })], [], 'run-1');
	expect(verdicts([movement({ line: 7, payee: 'CARD PAYMENT', notes: 'Shop' })], vault)).toEqual(['maybe']);
	expect(verdicts([movement({ line: 30, payee: 'Shop 123 Berlin' })], vault)).toEqual(['maybe']);
	expect(verdicts([movement({ line: 30, payee: 'Bakery' })], vault)).toEqual(['new']);
});

test('deleted records are not there any more', () => {
	const gone = imported(findDuplicates([movement()], account, []));
	for (const { body } of gone) body.meta.deleted = true;
	expect(verdicts([movement()], gone)).toEqual(['new']);
});

test('overlapping statements in any order leave each movement once, twins as often as the bank has them', () => {
	const day = fc.integer({ min: 1, max: 9 });
	const movements = fc.array(fc.tuple(day, fc.constantFrom('A', 'B'), fc.constantFrom(-100, -200, 300)), {
		maxLength: 40
	});
	fc.assert(
		fc.property(movements, day, day, (raw, cutA, cutB) => {
			const account = [...raw]
				.sort((a, b) => a[0] - b[0])
				.map(([on, payee, minor], line) => movement({ line, date: `2024-01-0${on}`, payee, minor }));
			// Statements are cut between days: the first has the days up to one, the second those from another.
			const [low, high] = [Math.min(cutA, cutB), Math.max(cutA, cutB)];
			const until = account.filter(({ date }) => date <= `2024-01-0${high}`);
			const since = account.filter(({ date }) => date >= `2024-01-0${low}`).reverse();
			const there = importNew(since, importNew(until, [], 'run-1'), 'run-2');
			const key = (at: string, minor: number, who: string) => `${at} ${minor} ${who}`;
			const kept = there.map(({ body: { kind, values } }) => {
				const { minor } = values.amount as { minor: number };
				return key(String(values.date), kind === 'expense' ? -minor : minor, String(values.payee ?? values.payer));
			});
			expect(kept.sort()).toEqual(account.map((each) => key(each.date, each.money.minor, each.payee)).sort());
		})
	);
});
