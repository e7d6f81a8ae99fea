import type { Encoding } from '../decode-text.ts';
import type { LeftOut, Reading } from '../read-rows.ts';
import type { RowProblem } from '../row-problem.ts';
import type { DatedMoney } from './account-balance.ts';
import { openingOf, readBalance } from './account-balance.ts';
import type { Ledger, LedgerAccount } from './ledger.ts';
import type { LedgerChoices, LedgerGuess } from './ledger-choices.ts';
import { guessLedger } from './ledger-choices.ts';
import { readLedgerAccount } from './read-ledger.ts';

/** What a screen needs of one account of a file. */
export type LedgerAccountView = Pick<LedgerAccount, 'key' | 'name' | 'number' | 'institution' | 'type' | 'currency'> & {
	/** Entries that may be movements. */
	entries: number;
};

/** What a screen needs of a file that says itself what is in it. */
export interface LedgerView {
	format: Ledger['format'];
	encoding: Encoding;
	unreadable: number[];
	accounts: LedgerAccountView[];
	/** What belongs to none of them. */
	leftOut: LeftOut[];
	problems: RowProblem[];
}

/** One account of a file, read. */
export interface AccountReading {
	reading: Reading;
	/** What the file itself says it has, and when. */
	balance: DatedMoney | null;
	/** What it had before its first entry. */
	opening: DatedMoney | null;
}

export interface LedgerReading extends LedgerGuess {
	/** One for each account, in their order. */
	accounts: AccountReading[];
}

/** The view of a ledger. */
export function viewOfLedger(ledger: Ledger): LedgerView {
	const accounts = ledger.accounts.map(({ key, name, number, institution, type, currency, entries }) => {
		return { key, name, number, institution, type, currency, entries: entries.length };
	});
	const { format, encoding, unreadable, leftOut, problems } = ledger;
	return { format, encoding, unreadable, accounts, leftOut, problems };
}

/**
 * Reads every account of a ledger.
 * @param currencies ISO 4217 code for each account, where the file itself says none
 * @param said what the person said of the file
 * @param kept what is remembered of another of the same account
 */
export function readLedger(
	ledger: Ledger,
	currencies: readonly string[],
	said: Partial<LedgerChoices>,
	kept: Partial<LedgerChoices> = {}
): LedgerReading {
	const guess = guessLedger(ledger, said, kept, currencies[0] ?? 'EUR');
	const { choices } = guess;
	const accounts = ledger.accounts.map((account, index) => {
		const currency = account.currency ?? currencies[index] ?? 'EUR';
		const isOfx = ledger.format === 'ofx';
		const style = {
			dateOrder: isOfx ? ('ymd' as const) : choices.dateOrder,
			decimal: isOfx ? null : choices.decimal,
			currency
		};
		const reading = readLedgerAccount(account, style, choices.unsigned);
		return { reading, balance: readBalance(account.balance, style), opening: openingOf(account, reading, style) };
	});
	return { ...guess, accounts };
}
