import type { Domain } from '../api/ids.ts';
import type { PullPlace } from '../device/record-store.ts';

/** By domain the last sequence known, decimal; "0" before the first pull. */
export type After = PullPlace['after'];

/** Whether some of the domains were never pulled to their end. */
export function isPartial(place: PullPlace | null, domains: readonly Domain[]): boolean {
	return place === null || place.partial === true || domains.some((domain) => place.after[domain] === undefined);
}

/** The cursors of the domains that were asked for. */
export function pickDomains(after: After, domains: readonly Domain[]): After {
	return Object.fromEntries(Object.entries(after).filter(([domain]) => domains.includes(domain as Domain)));
}

/** A page that promises more must have moved a cursor, else the same page would be asked for ever. */
export function advances(before: After, after: After): boolean {
	const domains = Object.keys(after) as Domain[];
	return domains.some((domain) => BigInt(after[domain] ?? '0') > BigInt(before[domain] ?? '0'));
}
