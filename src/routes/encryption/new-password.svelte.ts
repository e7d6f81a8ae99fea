import { locale } from '$lib/i18n/locale.svelte.ts';
import type { JudgedPassword } from '$lib/vault/encryption.svelte.ts';
import { isTypedPassword } from '$lib/vault/session/typed-password.ts';
import { vault } from '$lib/vault/vault.svelte.ts';
import { m } from '$messages';

/** The form the fields stand in, as far as they have to do with it. */
interface Refusing {
	refuse(field: 'password' | 'again', why: () => string): void;
}

/** Choosing a new encryption password: a phrase made here, which is offered first, or one of the person's own. */
export class NewPassword {
	way = $state<'phrase' | 'own'>('phrase');
	own = $state('');
	/** What was typed to make sure. */
	again = $state('');
	#phrase = $state('');
	#judged = $state.raw<JudgedPassword | null>(null);
	#asked = 0;

	/** The phrase that is offered; empty until there is one. */
	get phrase(): string {
		return this.#phrase;
	}

	/** What the password of one's own is worth; null while nothing is typed. */
	get judged(): JudgedPassword | null {
		return this.#judged;
	}

	get chosen(): string {
		return this.way === 'phrase' ? this.#phrase : this.own;
	}

	/** Makes a phrase, or another one. */
	async suggest(): Promise<void> {
		this.#phrase = await vault.encryption.suggestPhrase(locale.current);
	}

	/** Judges what is typed; of several at once the last one counts. */
	async judge(): Promise<void> {
		const asked = ++this.#asked;
		const judged = this.own === '' ? null : await vault.encryption.judgePassword(this.own);
		if (asked === this.#asked) this.#judged = judged;
	}

	/** Says beside the fields what is wrong, before the password is used. */
	async check(form: Refusing): Promise<void> {
		await this.judge();
		const { own, again, chosen } = this;
		if (this.way === 'own' && own === '') form.refuse('password', m.security_password_missing);
		else if (this.way === 'own' && this.#judged?.ok !== true) form.refuse('password', m.security_error_password);
		else if (await isTypedPassword(chosen)) form.refuse('password', m.security_same_as_sign_in);
		else if (again !== chosen) form.refuse('again', again === '' ? m.security_again_missing : m.security_again_differs);
	}
}
