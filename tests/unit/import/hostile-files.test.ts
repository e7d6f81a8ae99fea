import fc from 'fast-check';
import { expect, test } from 'vitest';
import { guessMapping } from '../../../src/lib/import/guess-mapping.ts';
import { ImportError } from '../../../src/lib/import/import-error.ts';
import { readRows } from '../../../src/lib/import/read-rows.ts';
import { readStatement } from '../../../src/lib/import/read-statement.ts';
import { splitRows } from '../../../src/lib/import/split-rows.ts';
import { processorTime } from '../../stage/processor-time.ts';

/** Reads bytes the whole way; the lines that came out, or the code of the refusal. */
function readAll(bytes: Uint8Array): { lines: number[]; expected: number[] } | string {
	try {
		const statement = readStatement(bytes);
		const { movements, problems, leftOut } = readRows(statement, guessMapping(statement, 'EUR').mapping);
		const filled = statement.body.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
		return {
			lines: [...movements, ...problems, ...leftOut].map(({ line }) => line).sort((a, b) => a - b),
			expected: [...filled, ...statement.problems].map(({ line }) => line).sort((a, b) => a - b)
		};
	} catch (error) {
		if (error instanceof ImportError) return error.code;
		throw error;
	}
}

const runs = { numRuns: process.env.ARCA_SOAK ? 50_000 : 1000 };

test('any bytes at all are read or refused by name, never anything else', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
			expect(readAll(bytes)).toBeDefined();
		}),
		runs
	);
});

test('every row of anything like a statement is imported, reported or left out: none is lost, none is twice there', () => {
	const piece = fc.constantFrom(
		'2024-01-31',
		'31/01/24',
		'-1.234,56',
		'12.00',
		'Shop',
		'"',
		'""',
		'\n',
		'\r\n',
		'',
		' ',
		'Total',
		'€',
		'=1+1',
		';',
		',',
		'\t'
	);
	const separator = fc.constantFrom(',', ';', '\n');
	fc.assert(
		fc.property(fc.array(fc.tuple(piece, separator), { maxLength: 60 }), (pieces) => {
			const body = pieces.map(([text, mark]) => text + mark).join('');
			const read = readAll(new TextEncoder().encode(`Date;Amount;Payee\n2024-01-01;1,00;x\n${body}`));
			if (typeof read !== 'string') expect(read.lines).toEqual(read.expected);
		}),
		runs
	);
});

test('a file past the limit is refused before it is looked at', () => {
	const limits = { bytes: 10, rows: 10, cells: 10, cell: 10 };
	const bytes = new TextEncoder().encode('Date,Amount\n2024-01-01,1.00\n');
	expect(() => readStatement(bytes, {}, limits)).toThrow(expect.objectContaining({ code: 'import/too-large' }));
});

test.for([
	['quotes alone', '"'.repeat(2_000_000)],
	['opening quotes on every line', '"a\n'.repeat(90_000)],
	['one endless line', 'a'.repeat(4_000_000)],
	['one endless row', ','.repeat(2_000_000)],
	['digits alone', '1'.repeat(2_000_000)],
	['blanks', `a,${' '.repeat(2_000_000)}`]
] as const)('%s cost no more than a moment', ([, text]) => {
	const took = processorTime(() => {
		expect(splitRows(text, ',').rows.length).toBeLessThan(100_000);
		readAll(new TextEncoder().encode(text.slice(0, 1_000_000)));
	});
	expect(took).toBeLessThan(5000);
});

test.for([
	['OFX', 'OFXHEADER:100\nDATA:OFXSGML\n', 'import/other-format'],
	['QIF', '!Type:Bank\nD01/23/2019\nT-10.00\n^\n', 'import/other-format'],
	['CAMT', '<?xml version="1.0"?><Document/>', 'import/other-format'],
	['a letter', 'Dear bank,\nplease send me my statement.\n', 'import/no-table']
] as const)('%s is refused by name', ([, text, code]) => {
	expect(readAll(new TextEncoder().encode(text))).toBe(code);
});
