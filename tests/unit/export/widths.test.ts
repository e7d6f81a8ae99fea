import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnWidths, headerLines, rowLines } from '../../../src/lib/export/column-widths.ts';
import type { Cell, Column, Table } from '../../../src/lib/export/table.ts';

const text: Column = { header: 'Notes', format: 'text', width: 20, wraps: true };
const tableOf = (columns: readonly Column[], ...rows: Cell[][]): Table => ({ name: 'Sheet', columns, rows });

describe('a column', () => {
	test('of amounts is wide enough for every one of them, with its currency', () => {
		const columns: Column[] = [
			{ header: 'A', format: 'money', width: 4, currency: 1 },
			{ header: 'B', format: 'text', width: 10 }
		];
		const amountArb = fc.tuple(fc.integer({ min: -(10 ** 14), max: 10 ** 14 }), fc.constantFrom('EUR', 'JPY', 'KWD'));
		fc.assert(
			fc.property(fc.array(amountArb, { minLength: 1, maxLength: 20 }), (amounts) => {
				const [width = 0] = columnWidths(
					tableOf(columns, ...amounts.map(([minor, currency]) => [minor / 1000, currency]))
				);
				for (const [minor, currency] of amounts) {
					const digits = currency === 'JPY' ? 0 : currency === 'EUR' ? 2 : 3;
					const number = new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
					expect(width).toBeGreaterThan(`${number.format(minor / 1000)} ${currency}`.length);
				}
			})
		);
	});

	test('of texts is as wide as they are, and at most as it may be', () => {
		const widthOf = (cell: string | null): number | undefined => columnWidths(tableOf([text], [cell]))[0];
		expect(['a', 'a'.repeat(12), 'a'.repeat(90)].map(widthOf)).toEqual([8, 14, 20]);
		expect([widthOf('東京東京東'), widthOf(null)], 'signs of two letters, nothing').toEqual([12, 8]);
	});

	test('is never less wide than the longest word of its header, whose lines are counted', () => {
		const columns: Column[] = [{ header: 'Opening balance: Currency', format: 'text', width: 10 }];
		const widths = columnWidths(tableOf(columns));
		expect([widths, headerLines(tableOf(columns), widths)]).toEqual([[11], 3]);
	});
});

describe('a row', () => {
	const lines = (cell: Cell, column: Column = text) => rowLines(tableOf([column]), [cell], [20]);

	test('is as high as the text that goes on below, where it does', () => {
		const words = 'word '.repeat(12).trim();
		expect([lines('short'), lines(words), lines('a\nb\n\nc'), lines(5), lines(null)]).toEqual([1, 4, 4, 1, 1]);
		expect(lines(words, { header: 'Type', format: 'text', width: 20 }), 'where it does not go on').toBe(1);
	});

	test('is no higher than a sheet takes', () => {
		expect([lines('a'.repeat(32_767)), lines('\n'.repeat(500))]).toEqual([27, 27]);
	});
});
