import { BoundedMap } from '../limits/bounded-map.ts';

const HOUR = 60 * 60_000;
const MOST = 50_000;

/** What the owner of an account is told by mail about signing in. */
export type NoticeKind = 'locked' | 'new-device';

/** Keeps letters about sign-ins rare, so that nobody can flood somebody with them by signing in, or failing to. */
export interface Notices {
	/** Counts a letter; false where one of that kind went to the account within the hour. */
	isDue(kind: NoticeKind, email: string): boolean;
}

/** @param now milliseconds, for tests. */
export function createNotices(now: () => number = Date.now): Notices {
	const written = new BoundedMap<number>(MOST);
	return {
		isDue(kind, email) {
			const key = `${kind}|${email}`;
			if (now() - (written.get(key) ?? -Infinity) < HOUR) return false;
			written.set(key, now());
			return true;
		}
	};
}
