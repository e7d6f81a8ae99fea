import type { VaultState } from '../vault-state.svelte.ts';
import type { EncryptionState } from './encryption-state.svelte.ts';

/** The keys are gone from memory. */
export function showLocked(
	{ vault, state }: { vault: VaultState; state: EncryptionState },
	phase: 'locked' | 'missing' = 'locked'
): void {
	vault.locked = true;
	void vault.useKeys(null).catch(() => undefined);
	state.client?.close();
	state.forgetKeys();
	state.phase = phase;
}
