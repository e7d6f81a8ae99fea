import { CryptoError } from '../../crypto/crypto-error.ts';
import { VaultError } from '../vault-error.ts';
import { forgetCredential, makePrfCredential } from './authenticator.ts';
import { removePin } from './keep-pin.ts';
import { KeptKeys } from './kept-keys.ts';
import type { Encryption } from './open-keys.ts';

/**
 * Puts the account key on this device under what its authenticator gives, in the place of whatever else opened the vault
 * here. Until the authenticator has given what it is to give nothing is changed, and the credential goes where it fails.
 * @param person whom the device shows the credential is for
 * @throws VaultError `keys/no-authenticator`, `keys/no-prf`, `keys/not-verified`, `keys/locked`; DeviceError
 */
export async function keepBiometric(
	{ vault, state }: Pick<Encryption, 'vault' | 'state'>,
	person: string
): Promise<void> {
	if (!state.client) throw new VaultError('keys/locked');
	const kept = new KeptKeys(vault);
	const before = await kept.read('keys/biometric');
	const { prf, ...at } = await makePrfCredential(person);
	try {
		const { client, identity } = state;
		if (!client) throw new VaultError('keys/locked');
		const wrapped = await client.call('wrapForDevice', { prf }, [prf.buffer]);
		// What opens by itself goes before: a page that dies in between asks for the password.
		await kept.write('keys/device', null);
		state.keptHere = false;
		await kept.write('keys/biometric', { ...at, wrapped, identity });
	} catch (error) {
		await forgetCredential(at);
		throw asNoPrf(error);
	}
	state.hasBiometric = true;
	state.biometricEnded = false;
	if (before) await forgetCredential(before);
	if (state.hasPin) await removePin({ vault, state });
}

/** An authenticator that gives zeros gives them to everybody: it is as good as one that gives nothing. */
export function asNoPrf(error: unknown): unknown {
	return error instanceof CryptoError && error.code === 'crypto/input' ? new VaultError('keys/no-prf') : error;
}
