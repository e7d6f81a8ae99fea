import { installDebian } from './debian.mjs';
import { has } from './run.mjs';

/** An `age` that reads our backups as somebody else would: ARCA_AGE, the installed one, Debian's. Its test fails where there is none. */
export async function ensureAge() {
	if (!process.env.ARCA_AGE && !has('age')) await installDebian(['age'], 'age');
	return process.env.ARCA_AGE || 'age';
}
