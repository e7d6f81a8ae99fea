import type { GoTrueClient } from '@supabase/auth-js';
import { orThrow } from './as-door-error.ts';
import { DoorError } from './door-error.ts';
import type { SessionState } from './session-state.svelte.ts';
import { noteTyped } from './note-typed.ts';
import { refuseGuessed } from './refuse-guessed.ts';
import { verifyCode } from './verify-code.ts';
import { verifyPassword } from './verify-password.ts';

/** What a signed-in person changes of how they sign in. All that can go wrong is a DoorError. */
export class AccountChanges {
	readonly #state: SessionState;

	constructor(state: SessionState) {
		this.#state = state;
	}

	/** The sign-in address. @throws DoorError `door/signed-out` */
	get email(): string {
		const email = this.#state.user?.email;
		if (!email) throw new DoorError('door/signed-out');
		return email;
	}

	/**
	 * Asks for another sign-in address, and over the page for a second step where the server wants one.
	 * @param password the current one, which is verified first
	 * @returns `code` when one must be given to `confirmEmail`
	 */
	async changeEmail(email: string, password: string): Promise<'changed' | 'code'> {
		const wanted = email.trim();
		await verifyPassword(this.email, password);
		const { data } = await this.#withStep((client) =>
			client.updateUser({ email: wanted, current_password: password }).then(orThrow)
		);
		if (data.user.email?.toLowerCase() !== wanted.toLowerCase()) return 'code';
		this.#state.tell('renewed');
		return 'changed';
	}

	/**
	 * Confirms the change of address with a code, from whichever of the two addresses it was sent to.
	 * @returns `code` when the code of the other address is needed too
	 * @throws DoorError `door/wrong-code`
	 */
	async confirmEmail(email: string, code: string): Promise<'changed' | 'code'> {
		const current = this.email;
		const { session } = await this.#state.aloneSignedIn((client) =>
			verifyCode(client, email, code, 'email_change').catch((error: unknown) => {
				if (!(error instanceof DoorError) || error.code !== 'door/wrong-code') throw error;
				return verifyCode(client, current, code, 'email_change');
			})
		);
		if (!session) return 'code';
		this.#state.tell('renewed');
		return 'changed';
	}

	/**
	 * Sets another sign-in password, and signs out everywhere else. Asks for a second step as `changeEmail` does.
	 * @throws DoorError `door/wrong-password` for the current one, or what is wrong with the next
	 */
	async changePassword(current: string, next: string): Promise<void> {
		await refuseGuessed(next, this.email);
		await verifyPassword(this.email, current);
		await this.#withStep((client) => client.updateUser({ password: next, current_password: current }).then(orThrow));
		await this.#state.aloneSignedIn(async (client) => orThrow(await client.signOut({ scope: 'others' })));
		noteTyped(next);
	}

	/** What the server does only after a second step of the last minutes, where there is one. */
	async #withStep<T>(work: (client: GoTrueClient) => Promise<T>): Promise<T> {
		const { withStep } = await import('../second-step/pass-step.ts');
		return withStep(() => this.#state.aloneSignedIn(work));
	}
}
