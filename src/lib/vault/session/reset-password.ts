import type { GoTrueClient, Session as AuthSession } from '@supabase/auth-js';
import { asDoorError, orThrow } from './as-door-error.ts';
import { authClient } from './auth-client.ts';
import { bareCode } from './bare-code.ts';
import { DoorError } from './door-error.ts';
import { verifyCode } from './verify-code.ts';

/** The way to a new password by a mailed code. */
export class PasswordReset {
	/** A code is good once. The sign-in it bought is held for another try, should the password not do. */
	#proven: { email: string; code: string; client: GoTrueClient } | null = null;

	/** Has a code sent, if there is such an account. What is thrown never depends on whether there is. */
	async request(email: string): Promise<void> {
		this.#proven = null;
		const client = await authClient();
		const { error } = await client.resetPasswordForEmail(email.trim());
		if (!error) return;
		const problem = asDoorError(error);
		if (['door/offline', 'door/too-many', 'door/email'].includes(problem.code)) throw problem;
	}

	/**
	 * A token of the sign-in that the code bought, to show its second step by after `confirm` said `door/second-step` or
	 * `door/fresh-step`. Empty before: whoever has no right code has nothing to ask the server by.
	 */
	async accessToken(): Promise<string> {
		return (await this.#proven?.client.getSession())?.data.session?.access_token ?? '';
	}

	/**
	 * Sets the new password, and ends all other sessions of the account.
	 * @returns the session that the code opened
	 * @throws DoorError `door/wrong-code`, `door/second-step` or `door/fresh-step` where that must be shown first, or what is wrong with the password
	 */
	async confirm(email: string, code: string, password: string): Promise<AuthSession> {
		const asked = { email: email.trim(), code: bareCode(code) };
		if (this.#proven?.email !== asked.email || this.#proven.code !== asked.code) {
			const client = await authClient();
			await verifyCode(client, asked.email, asked.code, 'recovery');
			this.#proven = { ...asked, client };
		}
		const { client } = this.#proven;
		orThrow(await client.updateUser({ password }));
		orThrow(await client.signOut({ scope: 'others' }));
		const { data } = await client.getSession();
		if (!data.session) throw new DoorError('door/unexpected');
		this.#proven = null;
		return data.session;
	}
}
