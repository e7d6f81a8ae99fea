import { nextPage } from './next-page.ts';

/**
 * The address of the unlock screen for somebody who was on another page.
 * @param from the path and query of that page, to which unlocking leads back
 */
export function unlockPage(from: string): string {
	const next = nextPage(from);
	return next === nextPage(null) ? '/unlock' : `/unlock?${new URLSearchParams({ next }).toString()}`;
}
