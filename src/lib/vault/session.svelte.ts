import type { SessionEnd } from '../api/sessions.ts';
import { countKept } from '../device/clear-revoked.ts';
import { AccountChanges } from './session/account-changes.ts';
import { asWrongPassword, orThrow } from './session/as-door-error.ts';
import { noteTyped } from './session/note-typed.ts';
import { isProvider, PROVIDERS } from './session/provider.ts';
import type { Provider } from './session/provider.ts';
import { refuseGuessed } from './session/refuse-guessed.ts';
import { PasswordReset } from './session/reset-password.ts';
import { SessionState } from './session/session-state.svelte.ts';
import type { Ending, SessionUser } from './session/session-user.ts';
import { verifyCode } from './session/verify-code.ts';

export type { SessionUser };

/**
 * The sign-in session of this browser: one for all its tabs, sealed on the device. All that can go wrong is a DoorError.
 *
 * The root layout watches `state`: whoever is on a page of the vault and turns out to be signed out (here, in another
 * tab, or because the server no longer knows the session) is sent to the sign-in page by a full load of it, so that
 * nothing of theirs stays in the page's memory.
 */
class Session {
	readonly #state = new SessionState();
	readonly #reset = new PasswordReset();
	readonly account = new AccountChanges(this.#state);

	/** Who is signed in. */
	get user(): SessionUser | null {
		return this.#state.user;
	}

	get state(): 'loading' | 'out' | 'in' {
		return this.#state.state;
	}

	/** How the session came to an end without the person asking for it here, if it did. */
	get ended(): Ending | null {
		return this.#state.ended;
	}

	/** Whether the session outlives this page. Not so where the browser keeps nothing for it. */
	get lasting(): boolean {
		return this.#state.lasting;
	}

	/** Whether this session began with a sign-in on this device less than so many milliseconds ago. */
	signedInWithin(milliseconds: number): boolean {
		return this.#state.signedInWithin(milliseconds);
	}

	/** Reads the kept session and listens to the other tabs. Calling it again does nothing more. */
	async start(): Promise<void> {
		return this.#state.start();
	}

	/**
	 * A token for the server, renewed if it has less than a minute to live; one tab does it for all.
	 * @param fresh renew in any case: the server refused the one it was given
	 * @throws DoorError `door/signed-out` when there is no session or the server no longer knows it; `door/offline`
	 */
	async accessToken(fresh = false): Promise<string> {
		return this.#state.accessToken(fresh);
	}

	/** The server said that the session of a token is over: this device lets go of it, or of all where it was revoked. */
	async over(token: string, how: SessionEnd): Promise<void> {
		await this.#state.over(token, how);
	}

	/** @throws DoorError `door/wrong-sign-in` for a wrong password and an unknown e-mail alike */
	async signIn(email: string, password: string): Promise<void> {
		const client = await this.#state.client();
		await this.#state.alone(async () => orThrow(await client.signInWithPassword({ email: email.trim(), password })));
		noteTyped(password);
		this.#state.tell('signed-in');
	}

	/** The providers that people may sign in with besides, and what they are called. Throws DoorError. */
	async providers(): Promise<{ id: Provider; name: string }[]> {
		const { providers } = await import('./session/server-config.ts').then(({ serverConfig }) => serverConfig());
		return providers.filter(isProvider).map((id) => ({ id, name: PROVIDERS[id] }));
	}

	/** Begins a sign-in with a provider; gives the address to leave this page for. */
	async beginWith(provider: Provider, next: string | null): Promise<string> {
		const { beginProviderSignIn } = await import('./session/provider-sign-in.ts');
		return beginProviderSignIn(provider, next);
	}

	/**
	 * Ends it, with the code of the address that the provider led back to.
	 * @throws DoorError `door/provider` for a code that this tab did not ask for
	 */
	async endWith(code: string): Promise<void> {
		const { endProviderSignIn } = await import('./session/provider-sign-in.ts');
		const opened = await endProviderSignIn(code);
		await this.#state.alone(() => this.#state.keep(opened));
		this.#state.tell('signed-in');
	}

	/**
	 * Signs the same person in once more: what may do harm asks for a sign-in of the last minutes. The session before is
	 * ended. It is the same person's page.
	 * @throws DoorError `door/wrong-password`; `door/second-step` where the person has one and did not show it
	 */
	async signInAgain(password: string): Promise<void> {
		const [client, before] = [await this.#state.client(), await this.#state.accessToken(false)];
		await this.#state.alone(async () => {
			const { error } = await client.signInWithPassword({ email: this.account.email, password });
			if (error) throw asWrongPassword(error);
		});
		await client.admin.signOut(before, 'local').catch(() => undefined);
		this.#state.tell('renewed');
		// The new session has a second step of its own to show, before whatever this was for.
		await (await import('./second-step/pass-step.ts')).passStep();
	}

	/**
	 * Creates an account and signs in, or has a code sent where addresses must be confirmed.
	 * @returns `code` when one must be given to `confirmAccount`
	 */
	async createAccount(email: string, password: string): Promise<'signed-in' | 'code'> {
		await refuseGuessed(password, email);
		const client = await this.#state.client();
		const { data } = await this.#state.alone(async () =>
			orThrow(await client.signUp({ email: email.trim(), password }))
		);
		noteTyped(password);
		if (!data.session) return 'code';
		this.#state.tell('signed-in');
		return 'signed-in';
	}

	/**
	 * Has another code sent for the account that this browser asked for; the former one is worth nothing any more.
	 * @throws DoorError `door/too-many` when there were enough of them for a while; `door/sign-up-over` when it waits no more
	 */
	async resendCode(email: string): Promise<void> {
		const client = await this.#state.client();
		orThrow(await client.resend({ type: 'signup', email: email.trim() }));
	}

	/** Confirms a new account's address with the code that was mailed to it, and signs in. */
	async confirmAccount(email: string, code: string): Promise<void> {
		const client = await this.#state.client();
		await this.#state.alone(() => verifyCode(client, email, code, 'signup'));
		this.#state.tell('signed-in');
	}

	/** Signs this device out and removes all it holds of the account; the server is told if it can be reached. */
	async signOut(): Promise<void> {
		await this.#state.alone(async () => {
			const client = await this.#state.client().catch(() => null);
			await client?.signOut({ scope: 'local' }).catch(() => undefined);
			await this.#state.forget();
		});
		this.#state.tell('signed-out');
	}

	/** How many changes of a session that was revoked wait on this device, sealed, for their person to be back. */
	async countKept(): Promise<number> {
		return countKept().catch(() => 0);
	}

	/** Removes them, with all else this device holds, where nobody is signed in. */
	async removeKept(): Promise<void> {
		await this.#state.alone(async () => {
			if (this.#state.state === 'out') await this.#state.forget();
		});
	}

	/** Has a code for a new password sent, if there is such an account; the answer does not tell. */
	async requestReset(email: string): Promise<void> {
		await this.#reset.request(email);
	}

	/**
	 * Sets a new password with the code that was sent, signs in here, and out everywhere else.
	 * @throws DoorError `door/wrong-code`; `door/second-step`, `door/fresh-step` where that must be shown first; or what is wrong with the password:
	 * the code then still holds for another try
	 */
	async confirmReset(email: string, code: string, password: string): Promise<void> {
		await refuseGuessed(password, email);
		const opened = await this.#reset.confirm(email, code, password);
		await this.#state.alone(() => this.#state.keep(opened));
		noteTyped(password);
		this.#state.tell('signed-in');
	}

	/** A token to show the second step of a reset by, after `confirmReset` said that it must be shown; empty before. */
	async resetToken(): Promise<string> {
		return this.#reset.accessToken();
	}
}

export const session = new Session();
