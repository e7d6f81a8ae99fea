import { expect, test } from 'vitest';
import { expectedRows, largeStatement } from '../../factories/large-statement.ts';
import { fixtureBytes, readFile } from './bank-fixtures.ts';

test('5,000 rows are read row by row as their rule says, broken ones reported by line', () => {
	const bytes = fixtureBytes('five-thousand-rows');
	expect(new TextDecoder().decode(bytes)).toBe(largeStatement());
	const { guess, reading } = readFile(bytes, 'USD');
	const expected = expectedRows();
	expect(guess.questions).toEqual([]);
	const rows = reading.movements.map(({ line, date, money, payee, notes }) => {
		expect(money.currency).toBe('EUR');
		return { line, date, minor: money.minor, payee, notes };
	});
	expect(rows).toHaveLength(4990);
	for (const [index, row] of expected.rows.entries()) expect(rows[index]).toEqual(row);
	expect(reading.problems.map(({ line }) => line)).toEqual(expected.broken);
	expect(new Set(reading.problems.map(({ code }) => code))).toEqual(new Set(['date']));
	expect(reading.leftOut).toEqual([]);
});
