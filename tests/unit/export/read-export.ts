import type { ExportName, ExportRecord } from '../../../src/lib/export/index.ts';
import { workbookOf } from '../../../src/lib/export/workbooks.ts';
import { writeWorkbook } from '../../../src/lib/export/write-workbook.ts';
import { readWorkbook, type ReadCell, type ReadSheet } from '../../stage/read-workbook.ts';
import { record } from '../kinds/a-body.ts';

const TODAY = '2026-11-23';
/** So many minor units. */
export const money = (minor: number, currency: string) => ({ minor, currency });

/** Records of finances, or of another domain. */
export const of = (kind: string, values: Record<string, unknown>, domain = 'finances'): ExportRecord => ({
	...record(kind, values),
	domain
});

interface Asked {
	locale?: string;
	from?: string;
	to?: string;
}

/** The workbook as openpyxl reads it. */
export async function read(
	records: readonly ExportRecord[],
	name: ExportName,
	asked: Asked = {}
): Promise<ReadSheet[]> {
	const { tables } = workbookOf(records, { name, locale: 'en-GB', today: TODAY, ...asked });
	return readWorkbook(await writeWorkbook(tables));
}

/** The cells of a row, the header being row 0. */
export const cellsOf = (sheets: readonly ReadSheet[], name: string, row = 1): ReadCell[] =>
	sheets.find((sheet) => sheet.name === name)?.rows[row] ?? [];
