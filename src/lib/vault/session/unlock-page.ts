import { nextPage } from './next-page.ts';

/**
 * The address of the unlock screen for somebody who was on another page.
 * @param from the path and query of that page, to which unlocking leads back
 * @param byHand the person locked it, and does not want to be asked at once
 */
export function unlockPage(from: string, byHand = false): string {
	const next = nextPage(from);
	const query = new URLSearchParams({ ...(next !== nextPage(null) && { next }), ...(byHand && { by: 'hand' }) });
	return query.size === 0 ? '/unlock' : `/unlock?${query.toString()}`;
}
