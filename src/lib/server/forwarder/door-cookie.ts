/**
 * Reads one of the door's cookies. One that came twice counts as none: a server on a sibling host can send its own along,
 * and nothing tells which is ours. Over https the `__Host-` prefix keeps it from doing so (RFC 6265bis, 4.1.3.2).
 * @param name as given to `writeCookie`.
 * @param cookies the request's header.
 */
export function readCookie(name: string, cookies: string | null, secure: boolean): string | undefined {
	const start = `${fullName(name, secure)}=`;
	const found = (cookies ?? '').split(';').map((cookie) => cookie.trim());
	const values = found.filter((cookie) => cookie.startsWith(start)).map((cookie) => cookie.slice(start.length));
	return values.length === 1 ? values[0] : undefined;
}

/**
 * A cookie of the door, for `set-cookie`. No script can read it, and no other site's request carries it.
 * @param seconds how long it is kept; 0 lets it go.
 * @param secure whether the app is served over https. Without it (this machine alone) browsers refuse the prefix.
 */
export function writeCookie(name: string, value: string, seconds: number, secure: boolean): string {
	const where = secure ? 'Path=/; Secure' : 'Path=/supabase/auth';
	return `${fullName(name, secure)}=${value}; ${where}; Max-Age=${seconds}; HttpOnly; SameSite=Strict`;
}

function fullName(name: string, secure: boolean): string {
	return secure ? `__Host-${name}` : name;
}
