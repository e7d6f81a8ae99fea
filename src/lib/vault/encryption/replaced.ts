import type { KeysAnswer } from '../../api/keys.ts';
import type { VaultState } from '../vault-state.svelte.ts';
import type { EncryptionState } from './encryption-state.svelte.ts';

/**
 * Whether the server has keys of another identity than this page opened: the password was changed elsewhere, nothing can
 * be signed or sealed here any more, and the page is to be locked (`replaced`). Throws ApiError.
 */
export async function findReplaced({ vault, state }: { vault: VaultState; state: EncryptionState }): Promise<boolean> {
	const keys = await vault.client.call('getKeys');
	// Where it denies keys that are open here, that is not a change of the password.
	if (!('slots' in keys) || keys.version <= state.version) return false;
	state.replaced = state.identity !== '' && identityOf(keys) !== state.identity;
	if (!state.replaced) state.show(keys);
	return state.replaced;
}

/** Whether keys are newer than others, and of another identity: a change of the password, or a reset, makes one. */
export function isReplacedBy(before: KeysAnswer, keys: KeysAnswer): boolean {
	return keys.version > before.version && identityOf(keys) !== identityOf(before);
}

/** The public identity of keys, as one text. */
export function identityOf({ identity: { kem, sign } }: KeysAnswer): string {
	return `${kem} ${sign}`;
}
