import { digitsOf } from '../../kinds/currency.ts';
import { guessDateOrder } from '../guess-date-order.ts';
import { guessDecimal } from '../guess-decimal.ts';
import type { Question } from '../mapping.ts';
import type { DecimalMark } from '../read-amount.ts';
import { isNegative } from '../read-amount.ts';
import type { DateOrder } from '../read-date.ts';
import { dateOrders } from '../read-date.ts';
import type { Ledger, LedgerAccount } from './ledger.ts';

/** How a ledger's entries are written, where its format leaves that open. Plain data: it is remembered. */
export interface LedgerChoices {
	dateOrder: DateOrder;
	decimal: DecimalMark;
	/** What an amount without a minus is, in accounts whose signs and types contradict each other. */
	unsigned: 'in' | 'out';
}

export interface LedgerGuess {
	choices: LedgerChoices;
	/** What the file leaves open; the choices hold the likeliest answers. */
	questions: Question[];
	/** A date that can be read in several orders, to ask about. */
	dateSample: string | null;
}

/**
 * Guesses how a ledger is written, from all of its entries together. What the person said goes before everything; what
 * is remembered of the same account's last file, before a guess that is not sure. Neither is asked again.
 * @param currency ISO 4217 code of the account, which says how many decimals there are
 */
export function guessLedger(
	ledger: Ledger,
	said: Partial<LedgerChoices>,
	kept: Partial<LedgerChoices>,
	currency: string
): LedgerGuess {
	const entries = ledger.accounts.flatMap((account) => account.entries);
	const dates = guessDateOrder(entries.map(({ date }) => date));
	const amounts = entries.flatMap(({ amount, parts }) => [amount, ...parts.map((part) => part.amount)]);
	const decimals = guessDecimal(amounts, digitsOf(currency), '.');
	const known = { ...kept, ...said };
	const questions: Question[] = [];
	// OFX says how it writes both.
	if (ledger.format === 'qif' && !dates.sure && known.dateOrder === undefined) questions.push('date-order');
	if (ledger.format === 'qif' && !decimals.sure && known.decimal === undefined) questions.push('decimal');
	if (ledger.accounts.some(contradicts) && known.unsigned === undefined) questions.push('direction');
	return {
		choices: {
			dateOrder: said.dateOrder ?? (dates.sure ? dates.order : (kept.dateOrder ?? dates.order)),
			decimal: said.decimal ?? (decimals.sure ? decimals.decimal : (kept.decimal ?? decimals.decimal)),
			unsigned: known.unsigned ?? 'out'
		},
		questions,
		dateSample: dates.sample
	};
}

/**
 * Whether an account's amounts have their signs turned round: everything its types call money out is without a minus.
 * One such entry alone may be a refund; it is asked about, never decided.
 */
export function contradicts({ entries }: LedgerAccount): boolean {
	const out = entries.filter(({ direction }) => direction === 'out');
	return out.length > 0 && out.every(({ amount }) => !isNegative(amount)) && !lacksSigns(entries);
}

/** Whether an account writes no signs at all and says the direction by types alone. */
export function lacksSigns(entries: LedgerAccount['entries']): boolean {
	const has = (wanted: 'out' | 'in') => entries.some(({ direction }) => direction === wanted);
	return has('out') && has('in') && !entries.some(({ amount }) => isNegative(amount));
}

/** Reads kept JSON as choices; what is none is passed over. */
export function readChoices(kept: unknown): Partial<LedgerChoices> {
	const from = (typeof kept === 'object' && kept !== null ? kept : {}) as Record<string, unknown>;
	const dateOrder = dateOrders.find((order) => order === from.dateOrder);
	const decimal = (['.', ','] as const).find((mark) => mark === from.decimal);
	const unsigned = (['in', 'out'] as const).find((way) => way === from.unsigned);
	return {
		...(dateOrder === undefined ? {} : { dateOrder }),
		...(decimal === undefined ? {} : { decimal }),
		...(unsigned === undefined ? {} : { unsigned })
	};
}
