import { Workbook } from 'exceljs';
import type { Row, Worksheet } from 'exceljs';
import { digitsOf } from '../kinds/index.ts';
import { cellText } from './cell-text.ts';
import { sheetNames } from './sheet-names.ts';
import type { Cell, Column, Format, Table } from './table.ts';

/** Told how many rows are in the workbook; the rest of the work is the file itself. */
export type OnRows = (done: number, total: number) => void;

/** Format 14 is a day as the reader's own settings write it; texts stay texts, also when they are edited there. */
const FORMATS: Readonly<Record<Exclude<Format, 'money'>, string>> = {
	text: '@',
	date: 'mm-dd-yy',
	month: 'mmm yyyy',
	moment: 'yyyy-mm-dd hh:mm',
	number: 'General'
};

/** Rows between two words of how far it is. */
const TELL_EVERY = 500;

/**
 * The bytes of a workbook (.xlsx) of these sheets: real numbers and days, amounts in the format of their currency, the
 * first row frozen and to filter by. No formula is made of anything.
 */
export async function writeWorkbook(
	tables: readonly Table[],
	onRows: OnRows = () => undefined
): Promise<Uint8Array<ArrayBuffer>> {
	const workbook = new Workbook();
	workbook.creator = 'Arca';
	const names = sheetNames(tables.map(({ name }) => name));
	const total = tables.reduce((sum, { rows }) => sum + rows.length, 0);
	let done = 0;
	for (const [place, table] of tables.entries()) {
		const sheet = workbook.addWorksheet(names[place] ?? '', { views: [{ state: 'frozen', ySplit: 1 }] });
		layColumns(sheet, table);
		const sums = new Set(table.sums);
		for (const [at, cells] of table.rows.entries()) {
			addRow(sheet, table.columns, cells, sums.has(at));
			if (++done % TELL_EVERY === 0) onRows(done, total);
		}
	}
	onRows(total, total);
	return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function layColumns(sheet: Worksheet, { columns, rows }: Table): void {
	sheet.columns = columns.map((column, at) => ({
		...{ header: cellText(column.header), width: column.width },
		style: {
			numFmt: column.format === 'money' ? moneyFormat(usualCurrency(columns, rows, at)) : FORMATS[column.format]
		}
	}));
	sheet.getRow(1).font = { bold: true };
	sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows.length + 1, column: columns.length } };
}

function addRow(sheet: Worksheet, columns: readonly Column[], cells: readonly Cell[], isSum: boolean): void {
	const row = sheet.addRow(cells.map((cell) => (typeof cell === 'string' ? cellText(cell) : cell)));
	for (const [at, { format, currency }] of columns.entries())
		if (format === 'money' && typeof cells[at] === 'number') setCurrency(row, at, String(cells[currency ?? -1] ?? ''));
	if (isSum) row.font = { bold: true };
}

/** Cells have the format of their column; only another currency than the column's is set for itself. */
function setCurrency(row: Row, at: number, currency: string): void {
	const [cell, format] = [row.getCell(at + 1), moneyFormat(currency)];
	if (cell.numFmt !== format) cell.numFmt = format;
}

/** The currency of a column's first amount: most have one alone. */
function usualCurrency(columns: readonly Column[], rows: Table['rows'], at: number): string {
	const from = columns[at]?.currency ?? -1;
	const row = rows.find((cells) => typeof cells[at] === 'number');
	return String(row?.[from] ?? '');
}

const moneyFormats = new Map<string, string>();

function moneyFormat(currency: string): string {
	let format = moneyFormats.get(currency);
	if (format === undefined) {
		const digits = currency === '' ? 2 : digitsOf(currency);
		const number = digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`;
		moneyFormats.set(currency, (format = currency === '' ? number : `${number}\\ [$${currency}]`));
	}
	return format;
}
