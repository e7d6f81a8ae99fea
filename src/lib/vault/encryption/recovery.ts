import type { PutKeys } from '../../api/keys.ts';
import type { KeyClient } from '../../keys/key-client.ts';
import type { ToPut } from '../../keys/key-verbs.ts';
import { VaultError } from '../vault-error.ts';
import { KeptKeys } from './kept-keys.ts';
import type { Encryption } from './open-keys.ts';
import { putNew } from './put-keys.ts';

/**
 * Makes a new recovery code; the one before opens nothing any more.
 * @throws VaultError `keys/locked`; ApiError `keys/fresh-sign-in` and others, VaultError as putNew
 */
export async function renewRecoveryCode(encryption: Encryption): Promise<{ recoveryCode: string }> {
	const { recoveryCode } = await putSlots(encryption, (client) => client.call('renewRecoveryCode', null));
	return { recoveryCode };
}

/** From now on nothing but the password opens the account. Throws as renewRecoveryCode. */
export async function revokeRecoveryCode(encryption: Encryption): Promise<void> {
	await putSlots(encryption, (client) => client.call('revokeRecoveryCode', null));
}

async function putSlots<Made extends ToPut<PutKeys>>(
	encryption: Encryption,
	draw: (client: KeyClient) => Promise<Made>
): Promise<Made> {
	const { vault, state } = encryption;
	const { client } = state;
	if (!client) throw new VaultError('keys/locked');
	const { made, keys } = await putNew(encryption, client, () => draw(client));
	state.show(keys);
	// The server has them: a device that is full is no reason to hide the code.
	await new KeptKeys(vault).noteOpened({ keys, bundle: made.put.bundle }, true).catch(() => undefined);
	return made;
}
