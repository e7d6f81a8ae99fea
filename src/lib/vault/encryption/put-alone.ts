import type { VaultState } from '../vault-state.svelte.ts';

/**
 * Runs work that hands out keys or a bundle and puts them: one at a time among the person's tabs, since each goes on from
 * what the one before left. It is not to be begun inside itself.
 */
export async function putAlone<T>({ alone, owner }: VaultState, work: () => Promise<T>): Promise<T> {
	return alone(`keys-${owner ?? ''}`, work);
}
