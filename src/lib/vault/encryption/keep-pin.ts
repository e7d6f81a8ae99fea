import { passwordBytes } from '../../crypto/root-key.ts';
import { ApiError } from '../../sync/api-error.ts';
import { VaultError } from '../vault-error.ts';
import { removeBiometric } from './drop-biometric.ts';
import { KeptKeys } from './kept-keys.ts';
import type { Encryption } from './open-keys.ts';

/**
 * Puts the account key on this device under a PIN and a share of the server's. What was kept here before goes first: whatever
 * comes in between, the encryption password opens, and no PIN that the server has forgotten is asked for.
 * @param pin as typed, which pinProblem finds nothing wrong with
 * @throws KeysError `keys/locked` while it is locked, `keys/out-of-memory`; ApiError
 */
export async function setPin({ vault, state }: Pick<Encryption, 'vault' | 'state'>, pin: string): Promise<void> {
	const { client } = state;
	if (!client) throw new VaultError('keys/locked');
	const kept = new KeptKeys(vault);
	await kept.write('keys/pin', null);
	state.hasPin = false;
	const bytes = passwordBytes(pin);
	const { salt, verifier } = await client.call('readPin', { pin: bytes, salt: null }, [bytes.buffer]);
	const { share } = await vault.client.call('putPin', { body: { verifier } });
	const wrapped = await client.call('wrapForPin', { share });
	// What opens by itself goes before: a page that dies in between asks for the password.
	await kept.write('keys/device', null);
	await kept.write('keys/pin', { salt, wrapped, identity: state.identity });
	state.keptHere = state.pinEnded = false;
	state.hasPin = true;
	if (state.hasBiometric) await removeBiometric({ vault, state });
}

/** Takes the PIN off. Without a network the server's share stays until the session ends: alone it opens nothing. Throws ApiError. */
export async function removePin({ vault, state }: Pick<Encryption, 'vault' | 'state'>): Promise<void> {
	await new KeptKeys(vault).write('keys/pin', null);
	state.hasPin = state.pinEnded = false;
	await vault.client.call('removePin', { tries: 1 }).catch((error: unknown) => {
		if (!(error instanceof ApiError) || !error.passing) throw error;
	});
}

/** Once keys are open that are not those the PIN was set for: it opens nothing any more, and the person is told. */
export async function endStalePin({ vault, state }: Pick<Encryption, 'vault' | 'state'>): Promise<void> {
	const kept = new KeptKeys(vault);
	const slot = await kept.read('keys/pin');
	if (!slot || slot.identity === state.identity) return;
	await kept.write('keys/pin', null);
	state.hasPin = false;
	state.pinEnded = true;
}
