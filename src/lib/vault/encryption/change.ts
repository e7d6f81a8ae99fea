import type { KeysAnswer } from '../../api/keys.ts';
import { checkNewPassword } from '../../crypto/password-rules.ts';
import { passwordBytes } from '../../crypto/root-key.ts';
import type { KeyClient } from '../../keys/key-client.ts';
import type { NewKeys } from '../../keys/key-verbs.ts';
import { ApiError } from '../../sync/api-error.ts';
import { listEntities } from '../list-entities.ts';
import { VaultError } from '../vault-error.ts';
import { renewEntity } from './entity-layers.ts';
import type { Encryption } from './open-keys.ts';
import { putNew, showTaken } from './put-keys.ts';

/** So often everything is drawn, where an entity comes up in between. */
const MOST_TRIES = 3;

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
	const { client } = encryption.state;
	if (!client) throw new VaultError('keys/locked');
	await checkNewPassword(password, signIn);
	const taken = await putWithAll(encryption, client, password);
	await showTaken(encryption, client, taken);
	return { recoveryCode: taken.made.recoveryCode };
}

/** Every entity of the person comes along: one that came up meanwhile is taken in, and all is drawn once more. */
async function putWithAll(
	encryption: Encryption,
	client: KeyClient,
	password: string
): Promise<{ made: NewKeys; keys: KeysAnswer }> {
	for (let tries = 1; ; tries++) {
		const entities = await takeInAll(encryption, client);
		const bytes = passwordBytes(password);
		const draw = () => client.call('change', { password: bytes, entities }, [bytes.buffer]);
		try {
			return await putNew(encryption, client, draw);
		} catch (error) {
			if (!(error instanceof ApiError) || error.code !== 'roster/conflict' || tries === MOST_TRIES) throw error;
		}
	}
}

/** Takes in the newest rosters of the listed entities, and of those that the bundle knows of; gives which there are. */
async function takeInAll(encryption: Encryption, client: KeyClient): Promise<string[]> {
	const { vault } = encryption;
	await listEntities(vault);
	const listed = new Set(vault.entities.map(({ id }) => id));
	for (const id of listed) await renewEntity(encryption, id);
	const entities = [...listed];
	for (const id of await client.call('known', null)) {
		if (listed.has(id)) continue;
		// Where the person is a member no more it is not theirs to take along.
		if (await renewEntity(encryption, id).then(() => true, unlessGone)) entities.push(id);
	}
	return entities;
}

function unlessGone(error: unknown): false {
	if (error instanceof ApiError && !error.awaitsStep && (error.status === 403 || error.status === 404)) return false;
	throw error;
}
