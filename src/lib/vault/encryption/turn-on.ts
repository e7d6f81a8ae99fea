import { checkNewPassword } from '../../crypto/password-rules.ts';
import { passwordBytes } from '../../crypto/root-key.ts';
import { listEntities } from '../list-entities.ts';
import { ownerOf } from './open-keys.ts';
import type { Encryption } from './open-keys.ts';
import { putNew, showTaken } from './put-keys.ts';
import { showLocked } from './show-locked.ts';

/**
 * Turns user encryption on for everything the person owns; what is there is sealed by `resume`. Gives the recovery code,
 * which is shown this once. The server takes it shortly after a sign-in only.
 * @param signIn the sign-in password, where it was asked for: the new one must differ from it
 * @throws CryptoError `crypto/password`; KeysError; ApiError `keys/fresh-sign-in`, and others and VaultError as putNew
 */
export async function turnOn(
	encryption: Encryption,
	password: string,
	signIn?: string
): Promise<{ recoveryCode: string }> {
	const { vault } = encryption;
	const user = ownerOf(vault);
	await checkNewPassword(password, signIn);
	await listEntities(vault);
	const entities = vault.entities.filter(({ role }) => role === 'owner').map(({ id }) => id);
	const client = await encryption.start(() => encryption.state.client === client && showLocked(encryption));
	const bytes = passwordBytes(password);
	const draw = () => client.call('turnOn', { user, password: bytes, entities }, [bytes.buffer]);
	const taken = await putNew(encryption, client, draw).catch((error: unknown) => {
		client.close();
		throw error;
	});
	await showTaken(encryption, client, taken);
	return { recoveryCode: taken.made.recoveryCode };
}
