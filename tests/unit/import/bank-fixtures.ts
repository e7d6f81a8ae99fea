import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Mapping, Question } from '../../../src/lib/import/mapping.ts';
import type { Reading } from '../../../src/lib/import/read-rows.ts';
import type { MappingGuess } from '../../../src/lib/import/settle-mapping.ts';
import { guessMapping } from '../../../src/lib/import/guess-mapping.ts';
import { readRows } from '../../../src/lib/import/read-rows.ts';
import type { Statement } from '../../../src/lib/import/read-statement.ts';
import { readStatement } from '../../../src/lib/import/read-statement.ts';

const folder = fileURLToPath(new URL('../../fixtures/bank/', import.meta.url));

/** What was written down by hand, looking at a file: `tests/fixtures/bank/*.json`. */
export interface Expectation {
	/** Currency of the account the file is imported into. */
	account: string;
	encoding: string;
	separator: string;
	/** What the file leaves open, and what the person answers. */
	questions: Question[];
	answers?: Partial<Mapping>;
	/** Line, date, signed minor units, currency, payee, notes. */
	rows: [number, string, number, string, string, string][];
	problems: [number, string][];
	leftOut: [number, string][];
}

/** The names of all files that have an expectation beside them. */
export function fixtureNames(): string[] {
	const files = readdirSync(folder);
	return files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -5));
}

export function fixtureBytes(name: string): Uint8Array {
	return readFileSync(`${folder}${name}.csv`);
}

export function expectationOf(name: string): Expectation {
	return JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8')) as Expectation;
}

export interface ReadFile {
	statement: Statement;
	guess: MappingGuess;
	reading: Reading;
}

/** Reads a file as the screen does: guess, the person's answers, rows. */
export function readFile(bytes: Uint8Array, account: string, answers: Partial<Mapping> = {}): ReadFile {
	const statement = readStatement(bytes);
	const guess = guessMapping(statement, account);
	return { statement, guess, reading: readRows(statement, { ...guess.mapping, ...answers }) };
}
