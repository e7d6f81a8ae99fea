import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Workbook } from 'exceljs';
import { beforeAll, describe, expect, test } from 'vitest';
import { cellText } from '../../src/lib/export/cell-text.ts';
import { EXPORTS, fileNameOf } from '../../src/lib/export/index.ts';
import { sheetNames } from '../../src/lib/export/sheet-names.ts';
import type { Cell, Column, Table } from '../../src/lib/export/table.ts';
import { workbookOf } from '../../src/lib/export/workbooks.ts';
import { writeWorkbook } from '../../src/lib/export/write-workbook.ts';
import { householdRecords } from './household.ts';
import { printWorkbooks, readCells, readPages } from './office.ts';

/** What is printed stays there, to be looked at. */
const folder = 'test-results/office';
const days = { today: '2026-11-23', from: '2022-01-01', to: '2026-12-31' };
const households = [
	{ whose: 'a household', locale: 'en-GB', records: householdRecords() },
	{ whose: 'una casa', locale: 'es-ES', records: householdRecords() },
	{ whose: 'nobody', locale: 'en-GB', records: [] }
];
const workbooks = households.flatMap(({ whose, locale, records }) =>
	EXPORTS.map((name) => {
		const file = `${whose} - ${fileNameOf(name, locale)}`;
		return { file, path: join(folder, `${file}.xlsx`), ...workbookOf(records, { ...days, name, locale }) };
	})
);
/** What is too wide for its column, and a formula that does not go. */
const FAILED = /###|#NAME\?|#VALUE!|#REF!|Err:\d/;
let sheets: Map<string, string[][]>;

beforeAll(async () => {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	for (const { path, tables } of workbooks) writeFileSync(path, await writeWorkbook(tables));
	const paths = workbooks.map(({ path }) => path);
	printWorkbooks(paths, folder);
	sheets = readCells(paths);
});

describe.each(workbooks)('$file, as LibreOffice opens it', ({ file, tables }) => {
	test('has the sheets, the headers and every cell that was put there, numbers as numbers and days as days', () => {
		const names = sheetNames(tables.map(({ name }) => name));
		for (const [at, table] of tables.entries()) {
			const [header, ...rows] = sheets.get(`${file}-${names[at]}`) ?? [];
			expect([names[at], header]).toEqual([names[at], table.columns.map((column) => column.header)]);
			expect([names[at], rows]).toEqual([names[at], expected(table)]);
		}
	});

	test('shows on paper every sheet, nothing that is too narrow for its column, and no formula that failed', async () => {
		const pages = await readPages(join(folder, `${file}.pdf`));
		const names = sheetNames(tables.map(({ name }) => name));
		const filled = names.filter((_, at) => (tables[at]?.rows.length ?? 0) > 0);
		expect(filled.filter((name) => !pages.some((page) => page.includes(name)))).toEqual([]);
		expect(pages.filter((page) => FAILED.test(page))).toEqual([]);
	});
});

test('a number in a column that is too narrow, and a formula, are found on paper', async () => {
	const workbook = new Workbook();
	const sheet = workbook.addWorksheet('Narrow');
	sheet.columns = [{ header: 'A', width: 3 }];
	sheet.addRow([123_456_789]);
	const path = join(folder, 'narrow.xlsx');
	for (const [cell, found] of [
		[1, false],
		[123_456_789, true],
		[{ formula: 'NOSUCH(1)' }, true]
	] as const) {
		sheet.getCell('A2').value = cell;
		await workbook.xlsx.writeFile(path);
		printWorkbooks([path], folder);
		const pages = await readPages(join(folder, 'narrow.pdf'));
		expect([cell, FAILED.test(pages.join())]).toEqual([cell, found]);
	}
});

/** The rows of a sheet as LibreOffice writes them into a CSV. */
function expected({ columns, rows }: Table): string[][] {
	return rows.map((row) => row.map((cell, at) => written(cell, columns[at]?.format)));
}

function written(cell: Cell, format: Column['format'] = 'text'): string {
	if (cell === null) return '';
	if (typeof cell === 'string') return cellText(cell);
	const moment = new Date(Math.round((cell - 25_569) * 1440) * 60_000).toISOString();
	const [year, month, day] = moment.slice(0, 10).split('-');
	if (format === 'date' || format === 'month') return `${month}/${day}/${year}`;
	if (format === 'moment') return `${moment.slice(0, 10)} ${moment.slice(11, 19)}`;
	return String(cell);
}
