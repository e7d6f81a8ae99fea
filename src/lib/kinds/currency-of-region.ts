// ISO 3166 countries by the currency people there are paid in, for those this is used from most; CLDR's own table is not
// something a browser can be asked for.
const COUNTRIES: Readonly<Record<string, string>> = {
	EUR: 'AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK',
	USD: 'EC PR SV US',
	ARS: 'AR',
	AUD: 'AU',
	BOB: 'BO',
	BRL: 'BR',
	CAD: 'CA',
	CHF: 'CH LI',
	CLP: 'CL',
	CNY: 'CN',
	COP: 'CO',
	CRC: 'CR',
	CZK: 'CZ',
	DKK: 'DK',
	DOP: 'DO',
	GBP: 'GB',
	GTQ: 'GT',
	HNL: 'HN',
	HUF: 'HU',
	INR: 'IN',
	ISK: 'IS',
	JPY: 'JP',
	MAD: 'MA',
	MXN: 'MX',
	NIO: 'NI',
	NOK: 'NO',
	NZD: 'NZ',
	PAB: 'PA',
	PEN: 'PE',
	PLN: 'PL',
	PYG: 'PY',
	RON: 'RO',
	SEK: 'SE',
	UYU: 'UY',
	VES: 'VE',
	ZAR: 'ZA'
};

// The time zones (IANA) of the countries above that have the euro: where a language names no country, these still do.
const EURO_ZONES =
	'Europe/Andorra Europe/Vienna Europe/Brussels Europe/Sofia Asia/Nicosia Asia/Famagusta Europe/Nicosia Europe/Berlin ' +
	'Europe/Busingen Europe/Tallinn Europe/Madrid Atlantic/Canary Africa/Ceuta Europe/Helsinki Europe/Mariehamn Europe/Paris ' +
	'Europe/Athens Europe/Zagreb Europe/Dublin Europe/Rome Europe/Vilnius Europe/Luxembourg Europe/Riga Europe/Monaco ' +
	'Europe/Podgorica Europe/Malta Europe/Amsterdam Europe/Lisbon Atlantic/Madeira Atlantic/Azores Europe/Ljubljana ' +
	'Europe/Bratislava Europe/San_Marino Europe/Vatican';

/**
 * The currency of where a person is: of the country their locale names, else the euro in a time zone of a country that
 * has it; undefined where neither says.
 * @param locale a language tag, such as `es-MX`
 * @param zone an IANA name, such as `Europe/Madrid`
 */
export function currencyOfRegion(locale: string, zone: string): string | undefined {
	const { region } = new Intl.Locale(locale);
	if (region === undefined) return EURO_ZONES.split(' ').includes(zone) ? 'EUR' : undefined;
	return Object.entries(COUNTRIES).find(([, countries]) => countries.split(' ').includes(region))?.[0];
}
