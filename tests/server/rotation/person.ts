import type { Client, Account } from '../client.ts';

/** Whose keys turn: an account, and the encryption passwords that were chosen, in order. */
export class Person {
	readonly passwords: string[] = [];
	readonly account: Account;
	readonly #client: Client;

	constructor(client: Client, account: Account) {
		[this.#client, this.account] = [client, account];
	}

	get id(): string {
		return this.account.id;
	}
	get token(): string {
		return this.account.token;
	}

	/** Chooses a password, or the same once more where it is not known whether that was taken. */
	choose(password: string): string {
		if (!this.passwords.includes(password)) this.passwords.push(password);
		return password;
	}

	/** As before keys are replaced: with the password that signs in. */
	async signInAgain(): Promise<void> {
		const answer = await this.#client.signIn(this.account.email, this.account.password);
		if (!answer.ok) throw new TypeError('fetch failed');
		this.account.token = ((await answer.json()) as { access_token: string }).access_token;
	}
}
