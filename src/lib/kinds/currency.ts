// ISO 4217 (list one, active codes of money people hold), with the few lately withdrawn ones old records still use.
const TWO_DIGITS =
	'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP ' +
	'CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR ' +
	'IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD ' +
	'NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC ' +
	'SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG';
const NO_DIGITS = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF';
const THREE_DIGITS = 'BHD IQD JOD KWD LYD OMR TND';
const FOUR_DIGITS = 'CLF';

const digits = new Map<string, number>();
for (const [count, codes] of [
	[2, TWO_DIGITS],
	[0, NO_DIGITS],
	[3, THREE_DIGITS],
	[4, FOUR_DIGITS]
] as const) {
	for (const code of codes.split(' ')) digits.set(code, count);
}

/** Every currency a person can pick, in the order of its code. */
export const currencies: readonly string[] = [...digits.keys()].sort();

/** Whether this is the code of a currency known here. */
export function isCurrency(code: unknown): code is string {
	return typeof code === 'string' && digits.has(code);
}

/**
 * How many decimals a currency's minor unit has (ISO 4217); 2 for codes not known here.
 *
 * A table and not `Intl`: engines answer from CLDR, which differs from ISO 4217 and between releases (some say 0
 * for IDR or IQD), and what was stored as minor units must mean the same on every device.
 */
export function digitsOf(currency: string): number {
	return digits.get(currency) ?? 2;
}

const names = new Map<string, Intl.DisplayNames>();

/** A currency's name in a person's language, such as `euro`; its code when the engine has no name for it. */
export function currencyName(code: string, locale: string): string {
	let found = names.get(locale);
	if (found === undefined) {
		found = new Intl.DisplayNames([locale], { type: 'currency', fallback: 'code' });
		names.set(locale, found);
	}
	return found.of(code) ?? code;
}
