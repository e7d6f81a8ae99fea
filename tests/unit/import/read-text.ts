import { guessMapping } from '../../../src/lib/import/guess-mapping.ts';
import type { Mapping } from '../../../src/lib/import/mapping.ts';
import { readRows } from '../../../src/lib/import/read-rows.ts';
import type { Reading } from '../../../src/lib/import/read-rows.ts';
import { readStatement } from '../../../src/lib/import/read-statement.ts';
import type { MappingGuess } from '../../../src/lib/import/settle-mapping.ts';
import { settleMapping } from '../../../src/lib/import/settle-mapping.ts';
import { tableOf } from '../../../src/lib/import/guess-columns.ts';

/** Reads a statement typed into a test, by the guess alone. */
export function readText(text: string, currency = 'EUR'): MappingGuess & Reading {
	const statement = readStatement(new TextEncoder().encode(text));
	const guess = guessMapping(statement, currency);
	return { ...guess, ...readRows(statement, guess.mapping) };
}

/** Reads it with columns that the person picked. */
export function readWithColumns(text: string, picked: Partial<Mapping['columns']>): Reading {
	const statement = readStatement(new TextEncoder().encode(text));
	const columns = { ...guessMapping(statement, 'EUR').mapping.columns, ...picked };
	return readRows(statement, settleMapping(statement, tableOf(statement), columns, 'EUR').mapping);
}

/** The signed minor units of its movements. */
export function minorsOf({ movements }: Reading): number[] {
	return movements.map(({ money }) => money.minor);
}
