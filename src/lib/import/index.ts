// What the rest of the app may know of reading statements. Pure: bytes and records in, bodies out.
export { buildRecord, type ImportRun } from './build-record.ts';
export { encodings, type Encoding } from './decode-text.ts';
export { findDuplicates, type JudgedMovement } from './find-duplicates.ts';
export { tableOf } from './guess-columns.ts';
export { guessMapping } from './guess-mapping.ts';
export { ImportError, type ImportErrorCode } from './import-error.ts';
export { recallMapping, shapeOf } from './mapping-memory.ts';
export { isComplete, noColumns, type Columns, type Mapping, type Question } from './mapping.ts';
export { listPastImports, type PastImport } from './past-imports.ts';
export { dateOrders, readDate, type DateOrder } from './read-date.ts';
export type { Movement } from './read-row.ts';
export { readRows, type LeftOut, type Reading } from './read-rows.ts';
export { readStatement, type ReadingChoices, type Statement } from './read-statement.ts';
export type { RowProblem, RowProblemCode } from './row-problem.ts';
export { settleMapping, type MappingGuess } from './settle-mapping.ts';
export { separators, type Separator } from './split-rows.ts';
export { StatementReader } from './statement-reader.ts';
export type { ColumnView, StatementView } from './statement-view.ts';
