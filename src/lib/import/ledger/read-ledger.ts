import { LARGEST_AMOUNT, LIMITS } from '../../kinds/check-value.ts';
import { isCurrency } from '../../kinds/currency.ts';
import type { Money } from '../../kinds/money.ts';
import { LIMITS as FILE_LIMITS } from '../limits.ts';
import type { Movement } from '../movement.ts';
import type { DecimalMark } from '../read-amount.ts';
import { readAmount } from '../read-amount.ts';
import { readDate } from '../read-date.ts';
import type { Reading } from '../read-rows.ts';
import type { RowProblem } from '../row-problem.ts';
import { rowProblem } from '../row-problem.ts';
import type { LedgerAccount, LedgerEntry } from './ledger.ts';
import type { LedgerChoices } from './ledger-choices.ts';
import { contradicts, lacksSigns } from './ledger-choices.ts';
import { markRepeats } from './mark-repeats.ts';
import { readParts } from './read-parts.ts';

/** How the amounts of an account are written. */
export interface LedgerStyle {
	dateOrder: LedgerChoices['dateOrder'];
	/** null: each amount by its own last mark, as OFX has it, which knows no marks between thousands. */
	decimal: DecimalMark | null;
	/** ISO 4217 code where neither entry nor account says one. */
	currency: string;
}

/**
 * Reads the entries of one account: each is a movement, a problem with its line, or left out with a reason.
 * @param unsigned what amounts without a minus are, where signs and types contradict each other
 */
export function readLedgerAccount(account: LedgerAccount, style: LedgerStyle, unsigned: 'in' | 'out'): Reading {
	const reading: Reading = { movements: [], problems: [], leftOut: [...account.leftOut] };
	const own = { ...style, currency: account.currency ?? style.currency };
	const turn = turnOf(account, unsigned);
	for (const entry of account.entries) {
		const read = readEntry(entry, own, turn);
		if ('code' in read) reading.problems.push(read);
		else if (read.money.minor === 0) reading.leftOut.push({ line: read.line, reason: 'zero', text: read.payee });
		else reading.movements.push(read);
	}
	markRepeats(reading.movements);
	return reading;
}

type Turn = (minor: number, direction: LedgerEntry['direction']) => number;

/** How signs are to be taken: as they stand, by the types alone, or turned round. */
function turnOf(account: LedgerAccount, unsigned: 'in' | 'out'): Turn {
	if (lacksSigns(account.entries)) return (minor, direction) => (direction === 'out' ? 0 - minor : minor);
	if (unsigned === 'out' && contradicts(account)) return (minor) => 0 - minor;
	return (minor) => minor;
}

function readEntry(entry: LedgerEntry, style: LedgerStyle, turn: Turn): Movement | RowProblem {
	const { line, payee, bankId } = entry;
	if (entry.date === '') return rowProblem(line, 'date-missing', textOf(entry));
	const date = readDate(entry.date, style.dateOrder);
	if (date === null) return rowProblem(line, 'date', entry.date);
	const money = readMoney(entry, style, turn);
	if ('code' in money) return money;
	const { parts, notes: partNotes } = readParts(entry, money, { ...style, decimal: decimalOf(entry.amount, style) });
	const notes = [entry.notes, ...partNotes].filter((each) => each !== '').join(' · ');
	const isLong = [payee, bankId].some((text) => text.length > LIMITS.text);
	if (isLong || notes.length > FILE_LIMITS.cell) return rowProblem(line, 'cell-too-long', payee);
	const movement: Movement = { line, date, money, payee, notes, bankId };
	// What is longer than a record's category or tag can be is no name of one.
	const fits = (text: string) => text !== '' && text.length <= LIMITS.tag;
	if (parts.length > 1) movement.parts = parts;
	else if (fits(parts[0]?.category ?? entry.category)) movement.category = parts[0]?.category ?? entry.category;
	const tags = [...new Set(entry.tags)].filter(fits).slice(0, LIMITS.tags);
	if (tags.length > 0) movement.tags = tags;
	if (entry.transfer !== '') movement.transfer = entry.transfer;
	return movement;
}

function readMoney(entry: LedgerEntry, style: LedgerStyle, turn: Turn): Money | RowProblem {
	const { line, amount } = entry;
	const currency = entry.currency === '' ? style.currency : entry.currency;
	if (!isCurrency(currency)) return rowProblem(line, 'currency', currency);
	const read = readAmount(amount, { decimal: decimalOf(amount, style), currency });
	if (read === null) return rowProblem(line, 'amount-missing', textOf(entry));
	if (typeof read === 'string') return rowProblem(line, read, amount);
	if (Math.abs(read.minor) > LARGEST_AMOUNT) return rowProblem(line, 'amount-too-large', amount);
	return { minor: turn(read.minor, entry.direction), currency: read.currency };
}

function decimalOf(amount: string, { decimal }: LedgerStyle): DecimalMark {
	return decimal ?? (amount.lastIndexOf(',') > amount.lastIndexOf('.') ? ',' : '.');
}

function textOf({ date, amount, payee, notes }: LedgerEntry): string {
	return [date, amount, payee, notes].join(' ');
}
