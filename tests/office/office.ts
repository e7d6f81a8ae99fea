import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Every sheet as a file of its own, cells as they are kept and not as they are shown, fields parted by commas, in UTF-8. */
const CSV = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1';

/** Has LibreOffice write workbooks in another format, with a profile of its own; throws what it said where it did not. */
function convert(to: string, files: readonly string[], folder: string): void {
	const profile = mkdtempSync(join(tmpdir(), 'arca-office-'));
	const program = process.env.ARCA_OFFICE ?? 'soffice';
	const asked = [`-env:UserInstallation=file://${profile}`, '--headless', '--convert-to', to, '--outdir', folder];
	const { status, stderr } = spawnSync(program, [...asked, ...files], { encoding: 'utf8', timeout: 240_000 });
	rmSync(profile, { recursive: true, force: true });
	if (status !== 0) throw new Error(`LibreOffice ended with ${status}: ${stderr}`);
}

/** Writes a PDF of each workbook into the folder. */
export function printWorkbooks(files: readonly string[], folder: string): void {
	convert('pdf', files, folder);
}

/** The cells of each sheet as LibreOffice reads them, by the name of the workbook's file and of the sheet. */
export function readCells(files: readonly string[]): Map<string, string[][]> {
	const folder = mkdtempSync(join(tmpdir(), 'arca-sheets-'));
	try {
		convert(CSV, files, folder);
		const read = (file: string): string[][] =>
			parse(readFileSync(join(folder, file)), { relax_column_count: true, skip_empty_lines: false });
		return new Map(readdirSync(folder).map((file) => [basename(file, '.csv'), read(file)]));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The words of each page of a PDF. */
export async function readPages(file: string): Promise<string[]> {
	const loading = getDocument({ data: new Uint8Array(readFileSync(file)), verbosity: 0 });
	const document = await loading.promise;
	const pages: string[] = [];
	for (let number = 1; number <= document.numPages; number++) {
		const { items } = await (await document.getPage(number)).getTextContent();
		pages.push(items.map((item) => ('str' in item ? item.str : '')).join(' '));
	}
	await loading.destroy();
	return pages;
}
