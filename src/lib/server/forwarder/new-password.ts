import * as v from 'valibot';
import { easilyGuessed } from '../../crypto/easily-guessed.ts';
import { PASSWORD_LENGTH } from '../settings.ts';
import { passwordSchema } from './read-form.ts';
import type { Visit } from './visit.ts';

/**
 * Whether a password may be set: long enough, no longer than what is looked at, and not among the first that are tried.
 * @param email the account's address, whose words are no password.
 */
export async function mayBeSet({ server }: Visit, password: string, email: string): Promise<boolean> {
	if (!v.is(passwordSchema, password) || password.length < PASSWORD_LENGTH) return false;
	return !(await easilyGuessed(password, [email, 'Arca', new URL(server.settings.origin).hostname]));
}
