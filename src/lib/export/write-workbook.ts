import { Workbook } from 'exceljs';
import type { Alignment, Font, Row, Style, Worksheet } from 'exceljs';
import { digitsOf } from '../kinds/index.ts';
import { cellText } from './cell-text.ts';
import { columnWidths, headerLines, rowLines } from './column-widths.ts';
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

/** As exceljs writes all others, but bold. */
const BOLD: Partial<Font> = { name: 'Calibri', family: 2, scheme: 'minor', size: 11, bold: true };
/** The height of a line of it, in points. */
const LINE = 15;

/** Characters that a printed page, which lies on its side, holds side by side and still can be read. */
const PAGE_WIDTH = 190;

/** How hard a workbook is compressed, of 9: it is a fifth larger than by the usual 6, and made in a tenth less time. */
const LEVEL = 3;

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
		const widths = columnWidths(table);
		const style = stylesOf(table);
		layColumns(sheet, table, widths, style);
		const sums = new Set(table.sums);
		for (const [at, cells] of table.rows.entries()) {
			const row = addRow(sheet, cells, (column) => style(column, cells, sums.has(at)));
			const lines = rowLines(table, cells, widths);
			if (lines > 1) row.height = LINE * lines;
			if (++done % TELL_EVERY === 0) onRows(done, total);
		}
	}
	onRows(total, total);
	const zip = { compression: 'DEFLATE', compressionOptions: { level: LEVEL } } as const;
	return new Uint8Array(await workbook.xlsx.writeBuffer({ zip }));
}

function layColumns(sheet: Worksheet, table: Table, widths: readonly number[], style: StyleOf): void {
	const { columns, rows } = table;
	sheet.columns = columns.map(({ header, width }, at) => ({
		...{ header: cellText(header), width: widths[at] ?? width, style: style(at) }
	}));
	const header = sheet.getRow(1);
	header.font = BOLD;
	header.alignment = { vertical: 'top', wrapText: true };
	header.height = LINE * headerLines(table, widths);
	sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows.length + 1, column: columns.length } };
	layPages(
		sheet,
		widths.reduce((sum, width) => sum + width, 0)
	);
}

function alignmentOf({ format, wraps }: Column, before?: Column): Partial<Alignment> {
	return {
		vertical: 'top',
		...(wraps ? { wrapText: true } : {}),
		// A number ends at the right, and would touch the text that follows.
		...(format === 'text' && before && before.format !== 'text' ? { horizontal: 'left', indent: 1 } : {})
	};
}

/** As it is printed: on A4 lying on its side, all columns on a page where they can be read there, the header on each. */
function layPages(sheet: Worksheet, width: number): void {
	const pages = Math.ceil(width / PAGE_WIDTH);
	Object.assign(sheet.pageSetup, {
		...{ paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: pages, fitToHeight: 0 },
		...{ printTitlesRow: '1:1', ...(pages > 1 ? { printTitlesColumn: 'A:B' } : {}) }
	});
	sheet.headerFooter.oddFooter = '&L&A&R&P / &N';
}

/** An empty cell is none: the column's style stands where there is no cell. */
function addRow(sheet: Worksheet, cells: readonly Cell[], style: (column: number) => Partial<Style>): Row {
	const row = sheet.addRow([]);
	for (const [at, value] of cells.entries()) {
		if (value === null) continue;
		const cell = row.getCell(at + 1);
		cell.value = typeof value === 'string' ? cellText(value) : value;
		cell.style = style(at);
	}
	return row;
}

/** How cells of a column are written: of a row its cells tell the currency, and it may sum up others. */
type StyleOf = (column: number, cells?: readonly Cell[], isSum?: boolean) => Partial<Style>;

/** Cells that are written alike have one and the same style: exceljs looks at each that it has not seen before. */
function stylesOf({ columns, rows }: Table): StyleOf {
	const kept = columns.map(() => new Map<string, Partial<Style>>());
	const usual = columns.map((_, at) => usualCurrency(columns, rows, at));
	return (at, cells, isSum = false) => {
		const [column, styles] = [columns[at], kept[at]];
		if (!column || !styles) return {};
		const unit = cells && column.format === 'money' ? cells[column.currency ?? -1] : undefined;
		const currency = typeof unit === 'string' ? unit : (usual[at] ?? '');
		const key = isSum ? `${currency} sum` : currency;
		let style = styles.get(key);
		if (!style) styles.set(key, (style = styleOf(column, columns[at - 1], currency, isSum)));
		return style;
	};
}

function styleOf(column: Column, before: Column | undefined, currency: string, isSum: boolean): Partial<Style> {
	const numFmt = column.format === 'money' ? moneyFormat(currency) : FORMATS[column.format];
	return { numFmt, alignment: alignmentOf(column, before), ...(isSum ? { font: BOLD } : {}) };
}

/** The currency of a column's first amount: most have one alone. */
function usualCurrency(columns: readonly Column[], rows: Table['rows'], at: number): string {
	const from = columns[at]?.currency ?? -1;
	const row = rows.find((cells) => typeof cells[at] === 'number');
	return String(row?.[from] ?? '');
}

function moneyFormat(currency: string): string {
	const digits = currency === '' ? 2 : digitsOf(currency);
	const number = digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`;
	return currency === '' ? number : `${number}\\ [$${currency}]`;
}
