import { fold } from '../../kinds/fold.ts';
import type { LedgerAccountView } from './ledger-view.ts';

/** An account of the vault, as far as it matters for telling that a file is its own. */
export interface OwnAccount {
	id: string;
	name: string;
	number: string;
	currency: string;
}

/**
 * The account that entries of a file belong to: the one chosen for them before, else the one whose number or name they
 * have, else the only one there is where nothing speaks against it. Two that fit are none: the person is asked.
 * @param remembered ids of accounts that entries under this key went into before
 * @param isOnly the file has no other account
 * @returns a record id, or `''`
 */
export function matchAccount(
	file: LedgerAccountView,
	own: readonly OwnAccount[],
	remembered: readonly string[],
	isOnly: boolean
): string {
	const theOne = (fits: (account: OwnAccount) => boolean) => {
		const found = own.filter(fits);
		return found.length === 1 ? (found[0]?.id ?? '') : '';
	};
	const known = theOne(({ id }) => remembered.includes(id));
	if (known !== '') return known;
	const byNumber = theOne(({ number }) => isSameNumber(file.number, number));
	if (byNumber !== '') return byNumber;
	const sameCurrency = ({ currency }: OwnAccount) => file.currency === null || file.currency === currency;
	const byName = theOne(
		(account) => file.name !== '' && fold(account.name) === fold(file.name) && sameCurrency(account)
	);
	if (byName !== '' || !isOnly || own.length !== 1) return byName;
	return theOne((account) => sameCurrency(account) && (file.number === '' || account.number === ''));
}

/**
 * Whether two numbers are of one account: equal but for blanks and marks, one the end of the other (an IBAN has the
 * account's own number at its end), or one masked and the digits shown are the other's last.
 */
export function isSameNumber(a: string, b: string): boolean {
	const [long, short] = [bareNumber(a), bareNumber(b)].sort((x, y) => y.length - x.length) as [string, string];
	if (short.length < 4) return false;
	if (long === short) return true;
	const masked = [a, b].find((text) => /[*•x]{2,}/i.test(text));
	if (masked !== undefined) {
		const shown = bareNumber(/[^*•x]*$/i.exec(masked)?.[0] ?? '');
		return shown.length >= 4 && bareNumber(masked === a ? b : a).endsWith(shown);
	}
	return short.length >= 6 && long.endsWith(short);
}

/** A number as a person may see it: its last four characters. */
export function maskNumber(number: string): string {
	const bare = bareNumber(number);
	return bare === '' ? '' : `•••• ${bare.slice(-4)}`;
}

function bareNumber(text: string): string {
	return text.toUpperCase().replace(/[^A-Z0-9]/g, '');
}
