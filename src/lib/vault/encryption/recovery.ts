import type { PutKeys } from '../../api/keys.ts';
import { VaultError } from '../vault-error.ts';
import { KeptKeys } from './kept-keys.ts';
import type { Encryption } from './open-keys.ts';
import { putKeys } from './turn-on.ts';

/** Makes a new recovery code; the one before opens nothing any more. Throws as putKeys; ApiError `keys/fresh-sign-in`. */
export async function renewRecoveryCode(encryption: Encryption): Promise<{ recoveryCode: string }> {
	const { put, recoveryCode } = await clientOf(encryption).call('renewRecoveryCode', null);
	await putSlots(encryption, put);
	return { recoveryCode };
}

/** From now on nothing but the password opens the account. Throws as renewRecoveryCode. */
export async function revokeRecoveryCode(encryption: Encryption): Promise<void> {
	await putSlots(encryption, await clientOf(encryption).call('revokeRecoveryCode', null));
}

async function putSlots(encryption: Encryption, put: PutKeys): Promise<void> {
	const client = clientOf(encryption);
	try {
		const keys = await putKeys(encryption, put);
		await client.call('settle', { taken: true });
		await new KeptKeys(encryption.vault).noteOpened({ keys, bundle: put.bundle });
		encryption.state.show(keys);
	} catch (error) {
		await client.call('settle', { taken: false });
		throw error;
	}
}

function clientOf({ state }: Encryption): NonNullable<Encryption['state']['client']> {
	if (!state.client) throw new VaultError('keys/locked');
	return state.client;
}
