import { Workbook } from 'exceljs';
import { writeXlsxStream } from 'hucre/xlsx';
import type { Table } from '../../../src/lib/export/table.ts';
import { streamedWorkbook } from './streamed-workbook.ts';

export type Writer = 'exceljs' | 'hucre' | 'stream';

/** Cells as they are, without looking at one: the format of a column, a bold header, no other; an empty one is none. */
async function byExceljs(): Promise<number> {
	const workbook = new Workbook();
	for (const { name, columns, rows } of sparse) {
		const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
		sheet.columns = columns.map(({ header, width, format }) => ({
			...{ header, width },
			style: { numFmt: format === 'money' ? '#,##0.00\\ [$EUR]' : format === 'date' ? 'mm-dd-yy' : '@' }
		}));
		sheet.getRow(1).font = { bold: true };
		for (const row of rows) sheet.addRow(row);
	}
	return (await workbook.xlsx.writeBuffer()).byteLength;
}

/** One sheet, the largest: it writes one. */
async function byHucre(tables: readonly Table[]): Promise<number> {
	const table = tables[0];
	if (!table) return 0;
	const columns = table.columns.map(({ header }, at) => ({ header, key: String(at) }));
	const rows = table.rows.map((row) => [...row]);
	return sizeOf(writeXlsxStream(rows, { name: table.name, columns }));
}

async function sizeOf(stream: ReadableStream<Uint8Array>): Promise<number> {
	let size = 0;
	for (const reader = stream.getReader(); ;) {
		const { done, value } = await reader.read();
		if (done) return size;
		size += value.length;
	}
}

const writers: Record<Writer, (tables: readonly Table[]) => Promise<number>> = {
	exceljs: byExceljs,
	hucre: byHucre,
	stream: async (tables) => (await streamedWorkbook(tables)).size
};

let tables: readonly Table[] = [];
/** The same, where exceljs makes no cell of what is empty. */
let sparse: { name: string; columns: Table['columns']; rows: (string | number | undefined)[][] }[] = [];
addEventListener('message', ({ data }: MessageEvent<{ tables: readonly Table[] } | { writer: Writer }>) => {
	if ('tables' in data) {
		tables = data.tables;
		sparse = tables.map(({ name, columns, rows }) => ({
			...{ name, columns },
			rows: rows.map((row) => row.map((cell) => cell ?? undefined))
		}));
		return postMessage(null);
	}
	const start = performance.now();
	void writers[data.writer](tables).then((size) => postMessage({ took: performance.now() - start, size }), reportError);
});
