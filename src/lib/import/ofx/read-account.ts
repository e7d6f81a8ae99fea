import { isCurrency } from '../../kinds/currency.ts';
import type { LedgerAccount, LedgerAccountType } from '../ledger/ledger.ts';
import { textHash } from '../text-hash.ts';
import type { Aggregate } from './aggregate-stack.ts';

const TYPES: Readonly<Record<string, LedgerAccountType>> = {
	CHECKING: 'current',
	SAVINGS: 'savings',
	MONEYMRKT: 'savings',
	CD: 'savings',
	CREDITLINE: 'loan'
};

/**
 * Notes what one of an account's own aggregates says of it.
 * @param org name of the institution, `''` where the file has none
 */
export function noteAccount(account: LedgerAccount, { name, values }: Aggregate, org: string): void {
	const value = (key: string) => values.get(key) ?? '';
	if (name === 'BANKACCTFROM' || name === 'CCACCTFROM' || name === 'INVACCTFROM') {
		account.number = value('ACCTID');
		account.institution = org;
		const parts = [name, value('BANKID') || value('BROKERID'), value('BRANCHID'), value('ACCTID')];
		account.key = `ofx ${textHash(parts.join('\u0000'))}`;
		const fallback = name === 'BANKACCTFROM' ? 'current' : name === 'INVACCTFROM' ? 'brokerage' : 'other';
		account.type = TYPES[value('ACCTTYPE').toUpperCase()] ?? fallback;
	} else if (name === 'LEDGERBAL') {
		account.balance = { amount: value('BALAMT'), date: value('DTASOF') };
	} else {
		const currency = value('CURDEF').toUpperCase();
		account.currency = isCurrency(currency) ? currency : account.currency;
	}
}
