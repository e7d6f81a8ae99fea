import { checkNewPassword } from '../../crypto/password-rules.ts';
import { passwordBytes } from '../../crypto/root-key.ts';
import { listEntities } from '../list-entities.ts';
import { VaultError } from '../vault-error.ts';
import { renewEntity } from './entity-layers.ts';
import type { Encryption } from './open-keys.ts';
import { putNew, showTaken } from './put-keys.ts';

/**
 * Makes everything new under another password. What is there is sealed anew by `resume`; the recovery code and what this
 * device keeps are new as well.
 * @param signIn the sign-in password, from which the new one must differ
 * @throws CryptoError `crypto/password`; VaultError `keys/locked`; KeysError; ApiError and VaultError as putNew
 */
export async function change(
	encryption: Encryption,
	password: string,
	signIn: string
): Promise<{ recoveryCode: string }> {
	const { vault, state } = encryption;
	const { client } = state;
	if (!client) throw new VaultError('keys/locked');
	await checkNewPassword(password, signIn);
	await listEntities(vault);
	for (const { id } of vault.entities) await renewEntity(encryption, id);
	const bytes = passwordBytes(password);
	const taken = await putNew(encryption, client, () => client.call('change', { password: bytes }, [bytes.buffer]));
	await showTaken(encryption, client, taken);
	return { recoveryCode: taken.made.recoveryCode };
}
