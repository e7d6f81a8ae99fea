const HOUR = 60 * 60_000;
/** How often one mailed code may be tried. */
const MOST_TRIES = 5;
/** How many codes an account is sent an hour, whoever asks: each is five more guesses at six digits. */
const MOST_CODES = 10;

/** Keeps mailed codes from being guessed. */
export interface CodeTries {
	/** Counts a new code for an account; false when it has had enough of them for an hour. */
	issue(account: string): boolean;
	/** Counts a try before it is made; false when the code has had all of its tries. */
	attempt(account: string): boolean;
}

/** @param now milliseconds, for tests. */
export function createCodeTries(now: () => number = Date.now): CodeTries {
	const accounts = new Map<string, { codes: number; since: number; tries: number; until: number }>();

	function known(account: string) {
		const time = now();
		if (accounts.size >= 10_000) for (const [key, { until }] of accounts) if (until < time) accounts.delete(key);
		const found = accounts.get(account);
		if (found && found.until > time) return found;
		const fresh = { codes: 0, since: time, tries: 0, until: time + 2 * HOUR };
		accounts.set(account, fresh);
		return fresh;
	}

	return {
		issue(account) {
			const entry = known(account);
			const time = now();
			if (time - entry.since > HOUR) Object.assign(entry, { codes: 0, since: time });
			if (entry.codes >= MOST_CODES) return false;
			Object.assign(entry, { codes: entry.codes + 1, tries: 0, until: time + 2 * HOUR });
			return true;
		},
		attempt(account) {
			const entry = known(account);
			entry.tries += 1;
			return entry.tries <= MOST_TRIES;
		}
	};
}
