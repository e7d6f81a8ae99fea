import { StartError } from '../start-error.ts';

/** The lines of the table of limits. Requests are counted by the minute, bytes too. */
export type LimitName = keyof typeof table;

export type Limits = { readonly [name in LimitName]: number };

/**
 * The one table of limits: how many a person (or, before anybody signed in, an address) may have a minute. Each is
 * overridden by the environment variable beside it.
 */
const table = {
	/** health, config, the description; by address. */
	open: { most: 600, variable: 'ARCA_LIMIT_OPEN' },
	read: { most: 60, variable: 'ARCA_LIMIT_READ' },
	write: { most: 30, variable: 'ARCA_LIMIT_WRITE' },
	/** Keys, sharing, sessions, exports, deleting an entity. */
	sensitive: { most: 10, variable: 'ARCA_LIMIT_SENSITIVE' },
	/** Passwords, codes, sign-in; by account and address. */
	highRisk: { most: 5, variable: 'ARCA_LIMIT_HIGH_RISK' },
	/** Sign-ups, sign-ins and codes of devices that are not known, for whatever accounts; by address. */
	address: { most: 30, variable: 'ARCA_LIMIT_ADDRESS' },
	/** Letters about sign-ups, for everybody together: what strangers can have this server mail. */
	signUps: { most: 60, variable: 'ARCA_LIMIT_SIGN_UPS' },
	/** The same, by network: an IPv4 address, or a /48 of IPv6. */
	signUpNetwork: { most: 10, variable: 'ARCA_LIMIT_SIGN_UP_NETWORK' },
	/** Tokens that turned out not to hold; by address. */
	badTokens: { most: 300, variable: 'ARCA_LIMIT_BAD_TOKENS' },
	/** Pulls, and apart from them pushes. */
	records: { most: 600, variable: 'ARCA_LIMIT_RECORDS' },
	/** Bytes of record bodies pulled, and apart from them pushed. */
	recordBytes: { most: 256 * 1024 * 1024, variable: 'ARCA_LIMIT_RECORD_BYTES' },
	/** Requests straight to the backend's own interfaces. */
	backend: { most: 120, variable: 'ARCA_LIMIT_BACKEND' },
	/** What browsers report of policies; by address. */
	reports: { most: 30, variable: 'ARCA_LIMIT_REPORTS' },
	/** Parts of files. */
	parts: { most: 1200, variable: 'ARCA_LIMIT_PARTS' },
	/** Bytes of parts stored and fetched. */
	partBytes: { most: 4 * 1024 * 1024 * 1024, variable: 'ARCA_LIMIT_PART_BYTES' },
	/** How many failed sign-ins lock an account for an address prefix. */
	failures: { most: 5, variable: 'ARCA_LIMIT_FAILURES' }
} as const;

/**
 * The table as the environment leaves it.
 * @throws StartError when a variable is not a whole number from 1.
 */
export function readLimits(env: { readonly [name: string]: string | undefined }): Limits {
	const lines = Object.entries(table).map(([name, { most, variable }]) => {
		const text = env[variable];
		if (!text) return [name, most];
		const wanted = Number(text);
		if (!Number.isSafeInteger(wanted) || wanted < 1)
			throw new StartError('start/environment', `${variable} must be a whole number from 1.`);
		return [name, wanted];
	});
	return Object.fromEntries(lines) as Limits;
}
