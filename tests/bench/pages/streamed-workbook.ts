import type { Table } from '../../../src/lib/export/table.ts';

/** What writing a workbook takes at least: XML by hand through CompressionStream, a row at a time; no styles, no shared texts. */
export async function streamedWorkbook(tables: readonly Table[]): Promise<Blob> {
	const sheets = await Promise.all(tables.map((table) => deflated(rowsOf(table))));
	return new Blob(sheets);
}

function* rowsOf({ columns, rows }: Table): Generator<string> {
	yield '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>';
	yield rowOf(columns.map(({ header }) => header));
	for (const row of rows) yield rowOf(row);
	yield '</sheetData></worksheet>';
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;' };

function rowOf(cells: Table['rows'][number]): string {
	const written = cells.map((cell) => {
		if (cell === null) return '<c/>';
		if (typeof cell === 'number') return `<c><v>${cell}</v></c>`;
		return `<c t="inlineStr"><is><t>${cell.replace(/[&<]/g, (one) => escapes[one] ?? '')}</t></is></c>`;
	});
	return `<row>${written.join('')}</row>`;
}

async function deflated(pieces: Iterable<string>): Promise<Blob> {
	const [encoder, stream] = [new TextEncoder(), new CompressionStream('deflate-raw')];
	const made = new Response(stream.readable).blob();
	const writer = stream.writable.getWriter();
	let text = '';
	const flush = async (): Promise<void> => {
		await writer.write(encoder.encode(text));
		text = '';
	};
	for (const piece of pieces) {
		text += piece;
		if (text.length > 65_536) await flush();
	}
	await flush();
	await writer.close();
	return made;
}
