import type { DatedMoney, LedgerAccountType } from '$lib/import/index.ts';
import type { RecordBody } from '$lib/kinds/index.ts';
import { bodyOf, digitsOf, kindOf } from '$lib/kinds/index.ts';

/** An account to be added, as a file and the person say it. */
export interface AccountDraft {
	name: string;
	type: LedgerAccountType;
	/** ISO 4217 code. */
	currency: string;
	number: string;
	institution: string;
	/** What was on it before the file's first entry. */
	opening: DatedMoney | null;
}

/**
 * The body of the account's record. The opening balance is taken over where it is in the account's currency.
 * @param at RFC 3339 UTC
 */
export function accountBody(draft: AccountDraft, at: string): RecordBody {
	const { name, type, currency, number, institution, opening } = draft;
	const kind = kindOf('account');
	if (kind === undefined) throw new Error('no kind of accounts');
	const known = opening?.money.currency === currency ? { opening: opening.money, openingOn: opening.on } : {};
	return bodyOf(kind, { name: name.trim(), type, currency, number, institution, ...known }, at);
}

/**
 * The opening balance in the currency the person picks: where the file says none, its amounts are in whichever it is.
 * @param currency ISO 4217 code
 */
export function openingIn(
	currency: string,
	{ currency: said, opening = null }: Partial<AccountDraft>
): DatedMoney | null {
	if (opening === null || said !== undefined || digitsOf(opening.money.currency) !== digitsOf(currency)) return opening;
	return { ...opening, money: { minor: opening.money.minor, currency } };
}
