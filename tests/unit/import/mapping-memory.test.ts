import { expect, test } from 'vitest';
import { guessMapping } from '../../../src/lib/import/guess-mapping.ts';
import { readMapping, recallMapping, shapeOf } from '../../../src/lib/import/mapping-memory.ts';
import { readRows } from '../../../src/lib/import/read-rows.ts';
import { readStatement } from '../../../src/lib/import/read-statement.ts';
import { fixtureBytes } from './bank-fixtures.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('the next statement of a bank has the same shape, another bank’s has not', () => {
	const march = readStatement(bytes('Date,Payee,Amount\n2024-03-01,A,-1.00\n'));
	const april = readStatement(bytes('Account 12\n\nDate,Payee,Amount\n2024-04-01,B,-2.00\n2024-04-02,C,3.00\n'));
	expect(shapeOf(april)).toBe(shapeOf(march));
	expect(shapeOf(readStatement(bytes('Date,Amount,Payee\n2024-03-01,-1.00,A\n')))).not.toBe(shapeOf(march));
	const bare = readStatement(fixtureBytes('no-header-canada'));
	expect(shapeOf(bare)).not.toBe(shapeOf(readStatement(fixtureBytes('day-first-by-one-row'))));
});

test('what the person answered is not asked again', () => {
	const march = readStatement(bytes('Date,Shop,Amount\n01/03/2024,A,5.00\n'));
	const guess = guessMapping(march, 'USD');
	expect(guess.questions).toEqual(['date-order', 'direction']);
	const kept: unknown = JSON.parse(JSON.stringify({ ...guess.mapping, dateOrder: 'dmy', unsigned: 'out' }));
	const april = readStatement(bytes('Date,Shop,Amount\n02/04/2024,B,6.00\n'));
	const recalled = recallMapping(april, guessMapping(april, 'USD'), kept, 'USD');
	expect(recalled.questions).toEqual([]);
	expect(readRows(april, recalled.mapping).movements[0]).toMatchObject({ date: '2024-04-02', money: { minor: -600 } });
});

test('a file that decides for itself goes before memory', () => {
	const kept = { ...guessMapping(readStatement(bytes('Date,Shop,Amount\n13/03/2024,A,-5.00\n')), 'USD').mapping };
	expect(kept.dateOrder).toBe('dmy');
	const other = readStatement(bytes('Date,Shop,Amount\n03/13/2024,A,"-5,00"\n'));
	const { mapping } = recallMapping(other, guessMapping(other, 'USD'), kept, 'USD');
	expect(mapping).toMatchObject({ dateOrder: 'mdy', decimal: ',' });
});

test('what was kept is read with care: anything that is no mapping of this table is passed over', () => {
	const statement = readStatement(bytes('Date,Shop,Amount\n2024-03-13,A,-5.00\n'));
	const guess = guessMapping(statement, 'USD');
	const good = guess.mapping;
	expect(readMapping(JSON.parse(JSON.stringify(good)), 3)).toEqual(good);
	const bad: unknown[] = [
		null,
		'x',
		{},
		{ ...good, columns: null },
		{ ...good, columns: { ...good.columns, amount: 3 } },
		{ ...good, columns: { ...good.columns, date: -1 } },
		{ ...good, dateOrder: 'dym' },
		{ ...good, decimal: ';' },
		{ ...good, currency: 'XYZ' },
		{ ...good, unsigned: 'up' }
	];
	for (const kept of bad) expect(recallMapping(statement, guess, kept, 'USD')).toBe(guess);
});
