import { currencyOfRegion, isCurrency, isMoney, type KindRecord } from '../kinds/index.ts';

/**
 * The currency a new amount or account starts with: that of the account last added, else of the newest movement, else
 * the one of the person's region; undefined where none of them says.
 * @param zone the device's time zone, an IANA name
 */
export function defaultCurrency(
	accounts: readonly KindRecord[],
	movements: readonly KindRecord[],
	locale: string,
	zone: string = new Intl.DateTimeFormat().resolvedOptions().timeZone
): string | undefined {
	const ofAccount = accounts.at(-1)?.body.values.currency;
	if (isCurrency(ofAccount)) return ofAccount;
	const amount = movements.at(-1)?.body.values.amount;
	if (isMoney(amount)) return amount.currency;
	return currencyOfRegion(locale, zone);
}
