import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

// ARCA_SAMPLES names a folder of further statements, which may be real ones and are never part of the project.
const folder = process.env.ARCA_SAMPLES;
if (folder !== undefined) {
	test('further statements are read without losing a row', () => {
		const inside = readdirSync(folder, { recursive: true, encoding: 'utf8' });
		const files = inside.filter((name) => name.toLowerCase().endsWith('.csv'));
		expect(files.length, 'the folder holds statements').toBeGreaterThan(0);
		for (const name of files) {
			const { statement, guess, reading } = readFile(readFileSync(join(folder, name)), 'EUR');
			const { movements, problems, leftOut } = reading;
			expect(guess.questions, name).not.toContain('columns');
			expect(movements.length, name).toBeGreaterThan(0);
			const filled = statement.body.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
			const all = filled.length + statement.problems.length;
			expect(movements.length + problems.length + leftOut.length, name).toBe(all);
		}
		console.log(`read ${files.length} further statements`);
	});
}
