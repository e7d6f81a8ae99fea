import type { Settings } from './settings.ts';
import { StartError } from './start-error.ts';

/**
 * Holds that what leaves the machine is encrypted, and that who answers is checked by its certificate: https for
 * Supabase, `sslmode=verify-full` for a PostgreSQL. Mail is held to it when it is sent.
 * @throws StartError with a sentence that names the variable and the one that says otherwise.
 */
export function requireEncrypted(backend: Settings['backend']): void {
	if (backend.kind === 'embedded' || isThisMachine(backend.url)) return;
	if (backend.kind === 'supabase' && new URL(backend.url).protocol !== 'https:')
		throw refused('SUPABASE_URL must begin with https://');
	if (backend.kind === 'postgres' && new URL(backend.url).searchParams.get('sslmode') !== 'verify-full')
		throw refused('ARCA_DATABASE_URL must end with ?sslmode=verify-full');
}

/** Whether an address is one of this machine, or of a socket in its file system (`postgres://%2Frun%2Fpostgresql/arca`). */
export function isThisMachine(address: string): boolean {
	return /^(localhost|127(\.\d{1,3}){3}|\[::1\]|%2f.*|)$/i.test(new URL(address).hostname);
}

function refused(why: string): StartError {
	const otherwise = 'Where the way there is safe by other means, say so with ARCA_PLAINTEXT=allowed.';
	return new StartError('start/plaintext', `${why}. ${otherwise}`);
}
