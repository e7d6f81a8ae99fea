import { isDate } from '../dates.ts';
import { isMoney, negate, sumMoney, type Money } from '../money.ts';
import type { KindRecord } from '../record-body.ts';
import { live, movementsOf, transfersOf } from './movements.ts';

export interface AccountBalance {
	readonly id: string;
	readonly name: string;
	readonly archived: boolean;
	/** In the account's own currency. */
	readonly balance: Money;
	/** What came and went in other currencies and could not be counted in: shown beside the balance, never converted. */
	readonly others: readonly Money[];
}

/** What came to an account, or below zero went from it, on a day. */
export interface Entry {
	readonly account: string;
	readonly date: string;
	readonly amount: Money;
}

/**
 * The balance of every account: opening balance + incomes - expenses - transfers out + transfers in. Movements before
 * the opening balance's day are in it already and do not count; nor do those after `on`.
 * @param records of any kinds; accounts, expenses, incomes and transfers are read
 * @param on the day, today as a rule
 */
export function balancesOf(records: readonly KindRecord[], on: string): AccountBalance[] {
	const entries = new Map<string, Entry[]>();
	for (const entry of entriesOf(records)) {
		if (entry.date > on) continue;
		const list = entries.get(entry.account);
		if (list === undefined) entries.set(entry.account, [entry]);
		else list.push(entry);
	}
	return live(records, 'account').flatMap(({ id, body: { values } }) => {
		const { currency, opening, openingOn, name, archived } = values;
		if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) return [];
		const since = isDate(openingOn) ? openingOn : '';
		const counted = (entries.get(id) ?? []).filter(({ date }) => date >= since).map(({ amount }) => amount);
		const sums = sumMoney([{ minor: 0, currency }, ...(isMoney(opening) ? [opening] : []), ...counted]);
		return [
			{
				id,
				name: typeof name === 'string' ? name : '',
				archived: archived === 'yes',
				balance: sums.find((sum) => sum.currency === currency) ?? { minor: 0, currency },
				others: sums.filter((sum) => sum.currency !== currency && sum.minor !== 0)
			}
		];
	});
}

/** What all accounts hold, one amount for each currency, archived accounts included. */
export function totalOf(balances: readonly AccountBalance[]): Money[] {
	return sumMoney(balances.flatMap(({ balance, others }) => [balance, ...others]));
}

/** The accounts to list: archived ones only while something lies on them, in whatever currency. */
export function shownBalances(balances: readonly AccountBalance[]): AccountBalance[] {
	return balances.filter(({ archived, balance, others }) => !archived || balance.minor !== 0 || others.length > 0);
}

/** Everything that came and went by account: incomes, expenses and both sides of transfers. */
export function entriesOf(records: readonly KindRecord[]): Entry[] {
	const entries: Entry[] = [];
	for (const { account, date, amount } of movementsOf(records, 'income')) {
		if (account !== undefined) entries.push({ account, date, amount });
	}
	for (const { account, date, amount } of movementsOf(records, 'expense')) {
		if (account !== undefined) entries.push({ account, date, amount: negate(amount) });
	}
	for (const { from, to, date, amount, arrived } of transfersOf(records)) {
		entries.push({ account: from, date, amount: negate(amount) }, { account: to, date, amount: arrived });
	}
	return entries;
}
