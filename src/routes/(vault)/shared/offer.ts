import type { WaitingShare } from '$lib/vault/files/shares.svelte.ts';
import { vault } from '$lib/vault/vault.svelte.ts';

/** Files that came into the app, of which the person says where they belong. */
export interface Offer {
	readonly id: string;
	/** When they came, RFC 3339; null where the system opened them just now. */
	readonly at: string | null;
	/** Null where they do not open. */
	readonly files: readonly { readonly name: string; readonly size: number }[] | null;
	readonly count: number;
	/** Their content, in memory. Throws CryptoError, VaultError. */
	read(): Promise<readonly File[]>;
	/** They are where they belong, or not wanted: nothing of them stays here. */
	forget(): Promise<void>;
}

export function offerOf(share: WaitingShare): Offer {
	const { id, at, files, count } = share;
	const [read, forget] = [() => vault.shares.read(share), () => vault.shares.remove(id)];
	return { id, at, files, count, read, forget };
}

/** What the system opened with the app: the page has it, and nobody else. */
export function launchedOffer(files: readonly File[], forget: () => void): Offer {
	const read = () => Promise.resolve(files);
	return { id: 'launched', at: null, files, count: files.length, read, forget: () => Promise.resolve(forget()) };
}
