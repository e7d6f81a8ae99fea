import { BoundedMap } from '../limits/bounded-map.ts';

const HOUR = 60 * 60_000;
/** How often one mailed code may be tried from one address or known device, and how often from all unknown ones together. */
const MOST_TRIES = { each: 5, together: 10 };
/** How many codes an account is sent an hour: each is more guesses at six digits. */
const MOST_CODES = { each: 4, together: 10 };
const MOST_ENTRIES = 50_000;

/** Who asks for a code or tries one. */
export interface Asker {
	/** The address prefix, or what else counts are kept by. */
	id: string;
	/** Signed in to this account before: is counted alone, so that nobody else can use its tries up. */
	known: boolean;
}

/** Keeps mailed codes from being guessed, and nobody from using up what somebody else has. */
export interface CodeTries {
	/**
	 * Counts a new code for an account; false when there were enough of them for an hour.
	 * @param welcome how many unknown askers' first codes an hour are not counted with those of all together, so that a
	 * few strangers do not use up what somebody new asks for.
	 */
	issue(account: string, asker: Asker, welcome?: number): boolean;
	/** Counts a try before it is made; false when the code has had all of its tries. */
	attempt(account: string, asker: Asker): boolean;
}

interface Count {
	codes: number;
	/** When the hour of `codes` began. */
	since: number;
	/** Which code `tries` are about. */
	code: number;
	tries: number;
}

/** @param now milliseconds, for tests. */
export function createCodeTries(now: () => number = Date.now): CodeTries {
	const counts = new BoundedMap<Count>(MOST_ENTRIES);
	/** The newest code of each account, by number. */
	const newest = new BoundedMap<number>(MOST_ENTRIES);
	let codes = 0;

	/** The counts of an account: the asker's own, and unless it is known those of all unknown ones. */
	function countsOf(account: string, { id, known }: Asker): [Count, keyof typeof MOST_TRIES][] {
		const own: [Count, 'each'] = [countAt(`${account}|${known ? 'device' : 'from'}|${id}`, account), 'each'];
		return known ? [own] : [own, [countAt(account, account), 'together']];
	}

	function countAt(key: string, account: string): Count {
		const count = counts.get(key) ?? { codes: 0, since: now(), code: -1, tries: 0 };
		if (now() - count.since > HOUR) Object.assign(count, { codes: 0, since: now() });
		const code = newest.get(account) ?? 0;
		if (count.code !== code) Object.assign(count, { code, tries: 0 });
		counts.set(key, count);
		return count;
	}

	return {
		issue(account, asker, welcome = 0) {
			const found = countsOf(account, asker);
			const first = countAt(`${account}|first`, account);
			const isFirst = !asker.known && found[0]?.[0].codes === 0 && first.codes < welcome;
			const counted = isFirst ? found.slice(0, 1) : found;
			if (counted.some(([count, scope]) => count.codes >= MOST_CODES[scope])) return false;
			for (const [count] of counted) count.codes += 1;
			if (isFirst) first.codes += 1;
			codes += 1;
			newest.set(account, codes);
			return true;
		},
		attempt(account, asker) {
			const found = countsOf(account, asker);
			if (found.some(([count, scope]) => count.tries >= MOST_TRIES[scope])) return false;
			for (const [count] of found) count.tries += 1;
			return true;
		}
	};
}
