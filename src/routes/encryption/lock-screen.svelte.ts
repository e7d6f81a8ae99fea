import { goto } from '$app/navigation';
import { page } from '$app/state';
import { encryptionTrouble } from '$lib/vault/encryption-sentence.ts';
import type { EncryptionTrouble } from '$lib/vault/encryption-sentence.ts';
import { nextPage, signInPage } from '$lib/vault/session/next-page.ts';
import { session } from '$lib/vault/session.svelte.ts';
import { vault } from '$lib/vault/vault.svelte.ts';
import { m } from '$messages';
import { toast } from 'svelte-sonner';

/** What the screens before a locked vault have in common: whose vault it is, whether it is locked, where to go then. */
export class LockScreen {
	/** It is known how things stand. */
	ready = $state(false);
	trouble = $state.raw<EncryptionTrouble | null>(null);

	/** Where the person was going; the address is anybody's, and nextPage keeps it on this site. */
	get next(): string {
		return nextPage(page.url.searchParams.get('next'));
	}

	/** The person locked it, here or in another tab: it was not the clock. */
	get byHand(): boolean {
		return page.url.searchParams.get('by') === 'hand';
	}

	/** Finds out how things stand; again after somebody else has signed in. Who is not signed in goes to do that first. */
	async begin(): Promise<void> {
		await session.start();
		const { user } = session;
		if (!user) return void goto(signInPage(this.next, session.ended), { replaceState: true });
		if (vault.owner !== null && vault.owner !== user.id) return location.reload();
		vault.belongTo(user.id);
		try {
			await vault.encryption.check();
		} catch (error) {
			this.trouble = encryptionTrouble(error);
		}
		this.ready = true;
	}

	/** Into the vault, in this page: the keys are in its memory alone. Whose PIN went on the way is told. */
	async goOn(): Promise<void> {
		await goto(this.next, { replaceState: true });
		if (vault.encryption.pin.ended) toast.warning(m.security_pin_ended());
	}
}
