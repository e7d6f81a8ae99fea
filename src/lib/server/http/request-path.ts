/**
 * The path of a request as the routes will understand it: dots resolved, percent-encoding taken off once.
 * @param url as in the request's first line; what cannot be decoded stays as it is, and no route takes it.
 */
export function requestPath(url: string): string {
	const given = `http://localhost${url.startsWith('/') ? url : `/${url}`}`;
	const path = URL.canParse(given) ? new URL(given).pathname : '/';
	try {
		return decodeURI(path);
	} catch {
		return path;
	}
}

/** Whether data is answered at this path, and never a page. */
export function answersData(path: string): boolean {
	return /^\/(?:api|supabase)(?:\/|$)/.test(path);
}
