import { checkNewPassword } from '../../crypto/password-rules.ts';
import { passwordBytes } from '../../crypto/root-key.ts';
import type { NewKeys } from '../../keys/key-verbs.ts';
import type { KeysAnswer } from '../../api/keys.ts';
import { ApiError } from '../../sync/api-error.ts';
import { listEntities } from '../list-entities.ts';
import { VaultError } from '../vault-error.ts';
import { renewEntity } from './entity-layers.ts';
import { KeptKeys } from './kept-keys.ts';
import { ownerOf, showLocked, showOpened } from './open-keys.ts';
import type { Encryption } from './open-keys.ts';
import { askAccount } from './served-keys.ts';

/**
 * Turns user encryption on for everything the person owns; what is there is sealed by `resume`. Gives the recovery code,
 * which is shown this once.
 * @throws CryptoError `crypto/password`; KeysError; ApiError; VaultError `keys/changed-elsewhere` where another device
 * turned it on first
 */
export async function turnOn(encryption: Encryption, password: string): Promise<{ recoveryCode: string }> {
	const { vault } = encryption;
	const user = ownerOf(vault);
	await checkNewPassword(password);
	await listEntities(vault);
	const entities = vault.entities.filter(({ role }) => role === 'owner').map(({ id }) => id);
	const client = await encryption.start(() => encryption.state.client === client && showLocked(encryption));
	try {
		const bytes = passwordBytes(password);
		const made = await client.call('turnOn', { user, password: bytes, entities }, [bytes.buffer]);
		const keys = await putKeys(encryption, made.put);
		await client.call('settle', { taken: true });
		await new KeptKeys(vault).noteOpened({ keys, bundle: made.put.bundle });
		await showOpened(encryption, client, { keys });
		for (const entity of entities) await renewEntity(encryption, entity);
		return { recoveryCode: made.recoveryCode };
	} catch (error) {
		client.close();
		throw error;
	}
}

/**
 * Puts keys. Where the answer is lost, the server is asked whether it has them, so that nobody is left with a code that
 * opens nothing, or without the one that does.
 * @throws VaultError `keys/changed-elsewhere` where another device was first; ApiError
 */
export async function putKeys({ vault }: Pick<Encryption, 'vault'>, put: NewKeys['put']): Promise<KeysAnswer> {
	try {
		return await vault.client.call('putKeys', { body: put });
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		if (error.status === 409) throw new VaultError('keys/changed-elsewhere');
		if (!error.passing) throw error;
		const there = await askAccount(vault.client);
		if (there?.keys.slots.password.token !== put.slots.password.token) throw error;
		return there.keys;
	}
}
