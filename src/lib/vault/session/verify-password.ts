import { asWrongPassword } from './as-door-error.ts';
import { authClient } from './auth-client.ts';

/**
 * Makes sure that a password is the account's: by a sign-in of its own, ended at once, which every backend offers.
 * @throws DoorError `door/wrong-password`, or why it could not be told
 */
export async function verifyPassword(email: string, password: string): Promise<void> {
	const client = await authClient();
	const { error } = await client.signInWithPassword({ email, password });
	if (error) throw asWrongPassword(error);
	await client.signOut({ scope: 'local' });
}
