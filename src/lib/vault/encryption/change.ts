import { checkNewPassword } from '../../crypto/password-rules.ts';
import { passwordBytes } from '../../crypto/root-key.ts';
import type { NewKeys } from '../../keys/key-verbs.ts';
import type { KeyClient } from '../../keys/key-client.ts';
import { listEntities } from '../list-entities.ts';
import { VaultError } from '../vault-error.ts';
import { renewEntity } from './entity-layers.ts';
import { keepHere } from './keep-here.ts';
import { KeptKeys } from './kept-keys.ts';
import { showOpened } from './open-keys.ts';
import type { Encryption } from './open-keys.ts';
import { putKeys } from './turn-on.ts';

/**
 * Makes everything new under another password. What is there is sealed anew by `resume`; the recovery code and what this
 * device keeps are new as well.
 * @param signIn the sign-in password, from which the new one must differ
 * @throws CryptoError `crypto/password`; VaultError `keys/locked`, `keys/changed-elsewhere`; ApiError; KeysError
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
	return takeNew(encryption, client, await client.call('change', { password: bytes }, [bytes.buffer]));
}

/** Puts keys of a new identity, and goes on with them once the server took them. */
export async function takeNew(
	encryption: Encryption,
	client: KeyClient,
	{ put, recoveryCode }: NewKeys
): Promise<{ recoveryCode: string }> {
	const { vault, state } = encryption;
	let keys;
	try {
		keys = await putKeys(encryption, put);
	} catch (error) {
		await client.call('settle', { taken: false });
		throw error;
	}
	await client.call('settle', { taken: true });
	const kept = new KeptKeys(vault);
	await kept.noteOpened({ keys, bundle: put.bundle });
	// The rosters that went with the keys are accepted before anything kept is: it was granted to the identity before.
	for (const { entity } of put.rosters) await kept.write(`keys/entity/${entity}`, null);
	await showOpened(encryption, client, { keys });
	for (const { entity } of put.rosters) await renewEntity(encryption, entity);
	if (state.keptHere) await keepHere(encryption, true);
	return { recoveryCode };
}
