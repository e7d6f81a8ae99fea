import { isCurrency, isMoney, type KindRecord } from '../kinds/index.ts';

// The currency of countries people use this from most; others fall back to the euro until an account says better.
const BY_COUNTRY: Readonly<Record<string, string>> = {
	AR: 'ARS',
	AU: 'AUD',
	BO: 'BOB',
	BR: 'BRL',
	CA: 'CAD',
	CH: 'CHF',
	CL: 'CLP',
	CO: 'COP',
	CR: 'CRC',
	DO: 'DOP',
	EC: 'USD',
	GB: 'GBP',
	GT: 'GTQ',
	IN: 'INR',
	MX: 'MXN',
	NZ: 'NZD',
	PE: 'PEN',
	PY: 'PYG',
	SV: 'USD',
	US: 'USD',
	UY: 'UYU',
	VE: 'VES',
	ZA: 'ZAR'
};

/**
 * The currency a new amount starts with: that of the account last added, else of the newest movement, else the one of
 * the person's region.
 */
export function defaultCurrency(
	accounts: readonly KindRecord[],
	movements: readonly KindRecord[],
	locale: string
): string {
	const ofAccount = accounts.at(-1)?.body.values.currency;
	if (isCurrency(ofAccount)) return ofAccount;
	const amount = movements.at(-1)?.body.values.amount;
	if (isMoney(amount)) return amount.currency;
	return BY_COUNTRY[new Intl.Locale(locale).region ?? ''] ?? 'EUR';
}
