import { workbookOf } from './workbooks.ts';
import type { ExportRecord, Wanted } from './workbooks.ts';
import { writeWorkbook } from './write-workbook.ts';
import type { OnRows } from './write-workbook.ts';
import { zipFiles } from './zip-files.ts';
import type { NamedFile } from './zip-files.ts';

/** What the page asks of the worker: records in pieces, then a workbook of them; in the end the file. */
export type DeskRequest =
	| { readonly verb: 'take'; readonly records: readonly ExportRecord[] }
	| { readonly verb: 'write'; readonly name: string; readonly wanted: Wanted }
	| { readonly verb: 'finish' };

/** What comes of an export: one workbook, or a ZIP of several. */
export interface ExportedFile {
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly ending: 'xlsx' | 'zip';
	/** How many records are on no sheet but that of what was left out. */
	readonly leftOut: number;
}

/** The worker's side: it holds the records of one entity at a time, and the workbooks that are made. */
export class ExportDesk {
	#records: ExportRecord[] = [];
	#files: NamedFile[] = [];
	#leftOut = 0;

	/** Does what is asked; gives the file when that is what was asked. */
	async handle(request: DeskRequest, onRows: OnRows): Promise<ExportedFile | null> {
		if (request.verb === 'take') {
			for (const record of request.records) this.#records.push(record);
		} else if (request.verb === 'write') {
			const { tables, leftOut } = workbookOf(this.#records, request.wanted);
			this.#records = [];
			this.#leftOut += leftOut;
			this.#files.push({ name: request.name, bytes: await writeWorkbook(tables, onRows) });
		} else {
			const [files, leftOut] = [this.#files, this.#leftOut];
			[this.#files, this.#leftOut] = [[], 0];
			const [only] = files;
			if (only && files.length === 1) return { bytes: only.bytes, ending: 'xlsx', leftOut };
			return { bytes: zipFiles(files), ending: 'zip', leftOut };
		}
		return null;
	}
}
