import { zipSync } from 'fflate';
import { fileNames } from './file-names.ts';

/** A file by the name it is to have, without an ending. */
export interface NamedFile {
	readonly name: string;
	readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A ZIP of workbooks. They are compressed already, and are put in as they are. */
export function zipFiles(files: readonly NamedFile[]): Uint8Array<ArrayBuffer> {
	const names = fileNames(files.map(({ name }) => name));
	return zipSync(Object.fromEntries(files.map(({ bytes }, at) => [`${names[at]}.xlsx`, bytes])), { level: 0 });
}
