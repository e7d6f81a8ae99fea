import { KeysError } from '../../keys/keys-error.ts';
import type { KeyClient } from '../../keys/key-client.ts';
import { ApiError } from '../../sync/api-error.ts';
import type { VaultState } from '../vault-state.svelte.ts';
import type { EncryptionState } from './encryption-state.svelte.ts';
import { KeptKeys } from './kept-keys.ts';
import { putAlone } from './put-alone.ts';
import { findReplaced } from './replaced.ts';

/**
 * Puts the bundle where something in it has changed. Where another device was first, its bundle is taken in and ours
 * goes on top of it. What does not reach the server now is put the next time.
 * @throws KeysError `keys/changed-elsewhere` where another device replaced the keys; CryptoError: the bundle that the
 * server has is not one of ours, an alarm
 */
export async function putBundle({ vault, state }: { vault: VaultState; state: EncryptionState }): Promise<void> {
	const { client } = state;
	if (!client) return;
	await putAlone(vault, async () => {
		for (let tries = 0; tries < 3; tries++) if (await putOnce(vault, state, client)) return;
	});
}

/** Whether there is nothing more to put now. */
async function putOnce(vault: VaultState, state: EncryptionState, client: KeyClient): Promise<boolean> {
	const next = await client.call('nextBundle', null);
	if (!next) return true;
	const { put: bundle, ticket } = next;
	try {
		await vault.client.call('putBundle', { body: bundle });
	} catch (error) {
		await client.call('settle', { ticket, taken: false });
		if (!(error instanceof ApiError)) throw error;
		if (error.status !== 409) return true;
		if (await findReplaced({ vault, state })) throw new KeysError('keys/changed-elsewhere');
		await client.call('mergeBundle', { bundle: await vault.client.call('getBundle') });
		return false;
	}
	await client.call('settle', { ticket, taken: true });
	await new KeptKeys(vault).noteBundle(bundle);
	return true;
}

/**
 * Puts the versions of the bundle again that a server lacks since it was restored to before them: the newest as it was
 * put, and in the place of those before it what is in it. Throws ApiError.
 */
export async function putBundleAgain({ vault, state }: { vault: VaultState; state: EncryptionState }): Promise<void> {
	const { client } = state;
	const newest = (await new KeptKeys(vault).read('keys/account'))?.bundle;
	if (!client || !newest) return;
	await putAlone(vault, async () => {
		const there = await vault.client.call('getBundle');
		for (let version = there.version + 1; version <= newest.version; version++) {
			const body = version === newest.version ? newest : await client.call('bundleAgain', { version });
			await vault.client.call('putBundle', { body });
		}
	});
}
