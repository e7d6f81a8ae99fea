/** Where a person goes who has signed in and was going nowhere else. */
const HOME = '/entities';

/**
 * Where to go after signing in.
 * @param wanted the `next` of the address, which anybody can have written
 * @returns a path of this site, with its query; never another site, nor a page of the door
 */
export function nextPage(wanted: string | null): string {
	if (!wanted?.startsWith('/')) return HOME;
	// What the browser itself makes of it decides: `//host` and `/\host` are other sites.
	const here = 'https://here.invalid';
	const url = URL.parse(wanted, here);
	// `/..//host` stays here, and leaves `//host` as its path.
	if (url?.origin !== here || url.pathname.startsWith('//')) return HOME;
	if (['/', '/sign-in', '/create-account', '/reset', '/unlock', '/unlock/reset'].includes(url.pathname)) return HOME;
	return url.pathname + url.search;
}

/**
 * The address of the sign-in page for somebody who was on another page.
 * @param from the path and query of that page, left out where it says nothing; null where nobody means to go back
 * @param ended how a session came to its end, which the page then says; null where it did not
 */
export function signInPage(from: string | null, ended: 'ended' | 'revoked' | null): string {
	const query = new URLSearchParams();
	// A device whose session was revoked keeps no address of what was there.
	const next = nextPage(ended === 'revoked' ? null : from);
	if (next !== HOME) query.set('next', next);
	if (ended) query.set('ended', ended === 'revoked' ? 'revoked' : '1');
	return query.size > 0 ? `/sign-in?${query.toString()}` : '/sign-in';
}
