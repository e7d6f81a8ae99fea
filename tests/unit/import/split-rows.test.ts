import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { separators, splitRows } from '../../../src/lib/import/split-rows.ts';

const cell = fc.string({
	unit: fc.constantFrom('a', 'é', '7', ' ', '"', ',', ';', '\t', '|', '\n', '.', '-'),
	maxLength: 12
});
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 12 });
const breaks = fc.constantFrom('\n', '\r\n', '\r');

function write(rows: string[][], separator: string, newline: string): string {
	const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
	return rows.map((row) => row.map(quoted).join(separator)).join(newline);
}

test('what is written by RFC 4180 is split as csv-parse splits it', () => {
	fc.assert(
		fc.property(table, fc.constantFrom(...separators), breaks, (rows, separator, newline) => {
			const text = write(rows, separator, newline);
			const theirs: string[][] = parse(text, {
				delimiter: separator,
				relax_column_count: true,
				record_delimiter: newline
			});
			const ours = splitRows(text, separator);
			// A cell that holds what looks like rows of its own is reported instead: it may be a quote never closed.
			fc.pre(ours.problems.length === 0);
			expect(ours.rows.map(({ cells }) => cells)).toEqual(theirs);
		}),
		{ numRuns: process.env.ARCA_SOAK ? 20_000 : 500 }
	);
});

test('a row begins on the line on which an editor shows it', () => {
	const text = 'a,b\r\n"one\r\ntwo\r\nthree",x\r\n\r\n,\r\nlast,row';
	expect(splitRows(text, ',').rows).toEqual([
		{ line: 1, cells: ['a', 'b'] },
		{ line: 2, cells: ['one\ntwo\nthree', 'x'] },
		{ line: 6, cells: ['', ''] },
		{ line: 7, cells: ['last', 'row'] }
	]);
});

test('line breaks of several kinds in one file each count as one line', () => {
	expect(splitRows('a,b\rc,d\ne,f\r\ng,h', ',').rows.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
});

test('quotes that should have been doubled are text', () => {
	const text = '"Tom "The Man" Smith",1\n"A" Shop,2\n5" pipe,3';
	expect(splitRows(text, ',').rows.map(({ cells }) => cells[0])).toEqual([
		'Tom "The Man" Smith',
		'"A" Shop',
		'5" pipe'
	]);
});

test.for([
	['another quote follows', '2024-01-01,"open,-1\n2024-01-02,"closed",-2\n2024-01-03,x,-3', [2, 3]],
	['a movement is swallowed', '2024-01-01,"open,-1\n2024-01-02,x,-2\n2024-01-03,5" pipe",-3', [2, 3]],
	['an empty quoted cell follows', '2024-01-01,"open,-1\n2024-01-02,"",-2\n2024-01-03,x,-3', [2, 3]],
	['the file ends', '2024-01-01,"open,-1\n2024-01-02,x,-2\n2024-01-03,x,-3', [2, 3]],
	['every cell is quoted', '"2024-01-01","open","-1\n"2024-01-02","x","-2"\n"2024-01-03","x","-3"', [2, 3]]
] as const)('a quote that is never closed costs its own line alone: %s', ([, text, lines]) => {
	const split = splitRows(text, ',');
	expect(split.problems.map(({ line, code }) => [line, code])).toEqual([[1, 'quote']]);
	expect(split.rows.map(({ line }) => line)).toEqual(lines);
});

test('cells and rows beyond the limits are reported, rows beyond theirs refused', () => {
	const limits = { bytes: 1e6, rows: 3, cells: 3, cell: 5 };
	const split = splitRows('a,b\n123456,b\n1,2,3,4\n', ',', limits);
	expect(split.problems.map(({ line, code }) => [line, code])).toEqual([
		[2, 'cell-too-long'],
		[3, 'too-many-cells']
	]);
	expect(() => splitRows('a\nb\nc\nd\n', ',', limits)).toThrow(
		expect.objectContaining({ code: 'import/too-many-rows' })
	);
});
