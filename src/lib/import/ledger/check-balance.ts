import { balancesOf } from '../../kinds/finances/balances.ts';
import type { Money } from '../../kinds/money.ts';
import type { KindRecord, RecordBody } from '../../kinds/record-body.ts';
import type { DatedMoney } from './account-balance.ts';

/** What a bank says an account has on a day, and what the records say. */
export interface BalanceCheck {
	on: string;
	bank: Money;
	ours: Money;
}

/**
 * Compares a file's closing balance with the account's as it will be. An account without an opening balance is at zero
 * before its first record, which its bank's balance is not: there is nothing to compare then.
 * @param account record id
 * @param records what the vault holds
 * @param bodies what the import adds
 * @returns null where there is nothing to compare
 */
export function checkBalance(
	account: string,
	closing: DatedMoney,
	records: readonly KindRecord[],
	bodies: readonly RecordBody[]
): BalanceCheck | null {
	const own = records.find(({ id }) => id === account)?.body.values;
	if (own?.opening === undefined || own.currency !== closing.money.currency) return null;
	const added = bodies.map((body, index) => ({ id: `new ${index}`, body }));
	const ours = balancesOf([...records, ...added], closing.on).find(({ id }) => id === account)?.balance;
	return ours === undefined ? null : { on: closing.on, bank: closing.money, ours };
}
