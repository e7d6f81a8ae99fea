import { DoorError } from './door-error.ts';

/**
 * Refuses a new sign-in password that is among the first that are tried, as Arca's own server does. Where the lists cannot
 * be had now, the server decides.
 * @throws DoorError `door/password-weak`
 */
export async function refuseGuessed(password: string, email: string): Promise<void> {
	const lists = await import('../../crypto/easily-guessed.ts').catch(() => null);
	const guessed = await lists?.easilyGuessed(password, [email, 'Arca', location.hostname]).catch(() => false);
	if (guessed) throw new DoorError('door/password-weak');
}
