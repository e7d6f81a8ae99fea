import { ApiError } from '../../sync/api-error.ts';
import type { VaultState } from '../vault-state.svelte.ts';
import type { EncryptionState } from './encryption-state.svelte.ts';
import { KeptKeys } from './kept-keys.ts';

/**
 * Puts the bundle where something in it has changed. Where another device was first, its bundle is taken in and ours
 * goes on top of it. What does not reach the server now is put the next time.
 * @throws CryptoError: the bundle that the server has is not one of ours, an alarm
 */
export async function putBundle({ vault, state }: { vault: VaultState; state: EncryptionState }): Promise<void> {
	const { client } = state;
	if (!client) return;
	for (let tries = 0; tries < 3; tries++) {
		const bundle = await client.call('nextBundle', null);
		if (!bundle) return;
		try {
			await vault.client.call('putBundle', { body: bundle });
		} catch (error) {
			await client.call('settle', { taken: false });
			if (!(error instanceof ApiError)) throw error;
			if (error.status !== 409) return;
			await client.call('mergeBundle', { bundle: await vault.client.call('getBundle') });
			continue;
		}
		await client.call('settle', { taken: true });
		const kept = new KeptKeys(vault);
		const account = await kept.read('keys/account');
		if (account) await kept.noteOpened({ ...account, bundle });
		return;
	}
}
