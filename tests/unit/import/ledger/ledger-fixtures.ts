import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decodeText } from '../../../../src/lib/import/decode-text.ts';
import { ImportError } from '../../../../src/lib/import/import-error.ts';
import type { DatedMoney } from '../../../../src/lib/import/ledger/account-balance.ts';
import type { LedgerChoices } from '../../../../src/lib/import/ledger/ledger-choices.ts';
import type { LedgerReading } from '../../../../src/lib/import/ledger/ledger-view.ts';
import { readLedger } from '../../../../src/lib/import/ledger/ledger-view.ts';
import type { Ledger } from '../../../../src/lib/import/ledger/ledger.ts';
import { ledgerFormatOf, openLedger } from '../../../../src/lib/import/ledger/open-ledger.ts';

const folder = fileURLToPath(new URL('../../../fixtures/ledger/', import.meta.url));

type Dated = [minor: number, currency: string, on: string];
/** What else a movement has: parts as minor units and category. */
export interface More {
	category?: string;
	tags?: string[];
	parts?: [number, string][];
	transfer?: string;
	sameAs?: number;
}

/** What was written down by hand, looking at a file: `tests/fixtures/ledger/*.json`. */
export interface Expectation {
	encoding: string;
	questions: string[];
	answers?: Partial<LedgerChoices>;
	/** Of accounts whose currency the file does not say. */
	currency?: string;
	accounts: {
		name: string;
		type: string;
		number: string;
		currency: string | null;
		balance: Dated | null;
		opening: Dated | null;
		/** Line, date, signed minor units, currency, payee, notes, the bank's id, more. */
		rows: [number, string, number, string, string, string, string, More][];
		problems: [number, string][];
		leftOut: [number, string][];
	}[];
	leftOut: [number, string][];
}

/** The names of all files that have an expectation beside them. */
export function fixtureNames(): string[] {
	return readdirSync(folder).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -5)] : []));
}

export function fixtureBytes(name: string): Uint8Array {
	return readFileSync(folder + name);
}

export function expectationOf(name: string): Expectation {
	return JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8')) as Expectation;
}

export interface OpenedFile {
	ledger: Ledger;
	read: LedgerReading;
}

/** Reads a file as the screen does, into accounts of one currency. */
export function readFile(bytes: Uint8Array, currency = 'EUR', said: Partial<LedgerChoices> = {}): OpenedFile {
	const decoded = decodeText(bytes);
	const format = ledgerFormatOf(decoded.text);
	if (format === null) throw new ImportError('import/other-format');
	const ledger = openLedger(format, decoded);
	const currencies = ledger.accounts.map(() => currency);
	return { ledger, read: readLedger(ledger, currencies, said) };
}

/** Reads a text typed into a test. */
export function readText(text: string, currency = 'EUR', said: Partial<LedgerChoices> = {}): OpenedFile {
	return readFile(new TextEncoder().encode(text), currency, said);
}

/** A balance as an expectation writes it. */
export function datedOf(balance: DatedMoney | null): Dated | null {
	return balance === null ? null : [balance.money.minor, balance.money.currency, balance.on];
}
