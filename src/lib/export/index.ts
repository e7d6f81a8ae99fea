// What the rest of the app may know of exports. The worker is made by who asks for one: see export.worker.ts.
export { Exporter } from './exporter.ts';
export type { ExportedFile } from './export-desk.ts';
export { fileNames } from './file-names.ts';
export { domainOf, EXPORTS, fileNameOf, isDated, kindsIn } from './workbooks.ts';
export type { ExportName, ExportRecord, Wanted } from './workbooks.ts';
