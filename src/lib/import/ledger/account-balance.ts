import type { Money } from '../../kinds/money.ts';
import { sumMoney } from '../../kinds/money.ts';
import { ofxDate } from '../ofx/read-entry.ts';
import type { DecimalMark } from '../read-amount.ts';
import { readAmount } from '../read-amount.ts';
import { readDate } from '../read-date.ts';
import type { Reading } from '../read-rows.ts';
import type { LedgerAccount, LedgerBalance } from './ledger.ts';
import type { LedgerStyle } from './read-ledger.ts';

/** A balance on a day, `YYYY-MM-DD`. */
export interface DatedMoney {
	money: Money;
	on: string;
}

/** The balance a file says an account has at the end of a day; null where it says none that can be read. */
export function readBalance(balance: LedgerBalance | null, style: LedgerStyle): DatedMoney | null {
	if (balance === null) return null;
	const on = readDate(ofxDate(balance.date), style.dateOrder);
	const last: DecimalMark = balance.amount.lastIndexOf(',') > balance.amount.lastIndexOf('.') ? ',' : '.';
	const amount = readAmount(balance.amount, { decimal: style.decimal ?? last, currency: style.currency });
	if (on === null || amount === null || typeof amount === 'string') return null;
	return { money: { minor: amount.minor, currency: amount.currency }, on };
}

/**
 * What an account had at the start of the day of its first entry: as the file says, or what its closing balance leaves
 * when all entries are taken off. Null where neither is sure: an entry is broken, of another currency, or later.
 */
export function openingOf(account: LedgerAccount, reading: Reading, style: LedgerStyle): DatedMoney | null {
	const said = readBalance(account.opening, style);
	const closing = readBalance(account.balance, style);
	if (said !== null || closing === null) return said;
	const movements = reading.movements.filter(({ sameAs }) => sameAs === undefined);
	const { currency } = closing.money;
	const fits = movements.every(({ date, money }) => date <= closing.on && money.currency === currency);
	if (!fits || reading.problems.length > 0) return null;
	const [sum] = sumMoney(movements.map(({ money }) => money));
	const minor = closing.money.minor - (sum?.minor ?? 0);
	if (!Number.isSafeInteger(minor)) return null;
	const first = movements.reduce((least, { date }) => (date < least ? date : least), closing.on);
	return { money: { minor, currency }, on: first };
}
