import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A cell as openpyxl has it: `n` a number, `s` a text, `d` a day or moment, `f` a formula. */
export interface ReadCell {
	value: string | number | boolean | null;
	type: string;
	format: string;
}

export interface ReadSheet {
	name: string;
	frozen: string | null;
	filter: string | null;
	widths: number[];
	rows: ReadCell[][];
}

/** The sheets of a workbook as openpyxl reads them. */
export function readWorkbook(bytes: Uint8Array): ReadSheet[] {
	const script = fileURLToPath(new URL('read_workbook.py', import.meta.url));
	const python = process.env.ARCA_PYTHON ?? '/usr/bin/python3';
	const { status, stdout, stderr } = spawnSync(python, [script], { input: bytes, maxBuffer: 2 ** 28 });
	if (status !== 0) throw new Error(`openpyxl does not read it: ${stderr.toString()}`);
	return JSON.parse(stdout.toString()) as ReadSheet[];
}

/** The values of a sheet below its header, by the headers. */
export function valuesOf(sheets: readonly ReadSheet[], name: string): Record<string, ReadCell['value']>[] {
	const [header = [], ...rows] = sheets.find((sheet) => sheet.name === name)?.rows ?? [];
	return rows.map((row) => Object.fromEntries(row.map(({ value }, at) => [String(header[at]?.value), value])));
}
