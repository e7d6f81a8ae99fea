import { passwordBytes } from '../../crypto/root-key.ts';
import type { KeyClient } from '../../keys/key-client.ts';
import { ApiError } from '../../sync/api-error.ts';
import { VaultError } from '../vault-error.ts';
import type { VaultState } from '../vault-state.svelte.ts';
import { KeptKeys } from './kept-keys.ts';
import { findAccount, openWith, startWorker } from './open-keys.ts';
import type { Encryption } from './open-keys.ts';
import { identityOf } from './replaced.ts';

/**
 * Opens with the PIN and the share that the server gives for it. Each wrong one counts at the server; after the fifth in a row this session has
 * ended, and the device lets go of what it keeps.
 * @throws ApiError `keys/wrong-pin` with the tries that are `left`; VaultError `keys/no-pin` where the PIN was for other keys
 * or another session, and is taken off; `keys/pin-offline` where the server is not reached; else as openKeys
 */
export async function unlockByPin(encryption: Encryption, pin: string): Promise<void> {
	const { vault, state } = encryption;
	const kept = new KeptKeys(vault);
	const slot = await kept.read('keys/pin');
	if (!slot) return endPin(encryption);
	const starting = startWorker(encryption);
	let client: KeyClient | undefined;
	try {
		client = await starting;
		const bytes = passwordBytes(pin);
		const [{ verifier }, found] = await Promise.all([
			client.call('readPin', { pin: bytes, salt: slot.salt }, [bytes.buffer]),
			findAccount(encryption)
		]);
		if (identityOf(found.keys) !== slot.identity) return await endPin(encryption);
		const share = await askShare(vault, verifier);
		await openWith(encryption, found, { share, wrapped: slot.wrapped }, [], starting);
	} catch (error) {
		client?.close();
		if (error instanceof ApiError && error.code === 'keys/no-pin') return endPin(encryption);
		// Who has no try left has no session either, which the next request is told.
		if (error instanceof ApiError && error.left === 0) await vault.client.call('getKeys').catch(() => undefined);
		throw error;
	}
	state.hasPin = true;
}

/** What is kept here under the PIN opens nothing any more. */
async function endPin({ vault, state }: Encryption): Promise<never> {
	await new KeptKeys(vault).write('keys/pin', null);
	state.hasPin = false;
	state.pinEnded = true;
	throw new VaultError('keys/no-pin');
}

/** Asked once: a try whose answer is lost may have been counted. */
async function askShare({ client }: VaultState, verifier: string): Promise<string> {
	try {
		return (await client.call('tryPin', { body: { verifier }, tries: 1 })).share;
	} catch (error) {
		if (error instanceof ApiError && (error.status === 0 || error.status >= 500))
			throw new VaultError('keys/pin-offline');
		throw error;
	}
}
