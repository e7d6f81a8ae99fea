export * from './decode-text.ts';
export * from './guess-mapping.ts';
export * from './import-error.ts';
export * from './limits.ts';
export * from './mapping.ts';
export * from './read-rows.ts';
export * from './read-statement.ts';
