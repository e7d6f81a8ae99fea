import { installDebian } from './debian.mjs';
import { has } from './run.mjs';

/** What Debian calls `age`, where none is here. */
export function missingAge() {
	return process.env.ARCA_AGE || has('age') ? [] : ['age'];
}

/** An `age` that reads our backups as somebody else would: ARCA_AGE, the installed one, Debian's. Its test fails where there is none. */
export async function ensureAge() {
	if (missingAge().length > 0) await installDebian(['age'], 'age');
	return process.env.ARCA_AGE || 'age';
}
