import { expect, test } from 'vitest';
import { expectationOf, fixtureBytes, fixtureNames, readFile } from './bank-fixtures.ts';

test('there are files of more than twelve banks to read', () => {
	expect(fixtureNames().length).toBeGreaterThan(12);
});

test.for(fixtureNames())('%s is read as was written down by hand', (name) => {
	const expected = expectationOf(name);
	const { statement, guess, reading } = readFile(fixtureBytes(name), expected.account, expected.answers);
	expect(statement.encoding).toBe(expected.encoding);
	expect(statement.separator).toBe(expected.separator);
	expect(guess.questions).toEqual(expected.questions);
	const rows = reading.movements.map((movement) => [
		movement.line,
		movement.date,
		movement.money.minor,
		movement.money.currency,
		movement.payee,
		movement.notes
	]);
	for (const [index, row] of expected.rows.entries()) expect(rows[index]).toEqual(row);
	expect(rows).toHaveLength(expected.rows.length);
	expect(reading.problems.map(({ line, code }) => [line, code])).toEqual(expected.problems);
	expect(reading.leftOut.map(({ line, reason }) => [line, reason])).toEqual(expected.leftOut);
});
