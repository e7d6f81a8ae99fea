import type { KeysAnswer } from '../../api/keys.ts';
import { CryptoError } from '../../crypto/crypto-error.ts';
import { passwordBytes } from '../../crypto/root-key.ts';
import type { KeyClient } from '../../keys/key-client.ts';
import type { TakenLocalKeys } from '../../keys/key-verbs.ts';
import { ApiError } from '../../sync/api-error.ts';
import type { ApiClient } from '../../sync/api-client.ts';
import { countElsewhere } from '../sync-vault.ts';
import { VaultError } from '../vault-error.ts';
import type { VaultState } from '../vault-state.svelte.ts';
import type { EncryptionState } from './encryption-state.svelte.ts';
import { KeptKeys } from './kept-keys.ts';
import { countAway, keepLocal, unlessClosed } from './local-keys.ts';
import { identityOf } from './replaced.ts';

/** What a person has of the time before a change: the password, or the recovery code as it is typed. */
export type EarlierSecret = { password: string } | { recoveryCode: string };

/** So many versions of the keys before are asked for, to find the slot of a recovery code that was made anew. */
const MOST_VERSIONS = 10;

/**
 * Opens what this device keeps under an earlier password of the person's, with that or with a recovery code of then: both
 * open the account key of then.
 * @throws CryptoError `crypto/cannot-open` where it is none, `crypto/recovery-code` for a code with a typing error;
 * VaultError `keys/locked`; KeysError
 */
export async function openEarlier(
	{ vault, state }: { readonly vault: VaultState; readonly state: EncryptionState },
	secret: EarlierSecret
): Promise<void> {
	const [kept, { client }] = [new KeptKeys(vault), state];
	if (!client) throw new VaultError('keys/locked');
	const opens = await vault.alone('local-keys', async () => {
		let [texts, opened] = [(await kept.read('keys/local')) ?? [], false];
		for (const aside of (await kept.read('keys/earlier')) ?? []) {
			const taken = await takeBy(client, vault.client, { texts, aside, secret });
			if (!taken) continue;
			[texts, opened] = [taken.kept, true];
			await keepLocal(kept, state, taken);
		}
		return opened;
	});
	if (!opens) throw new CryptoError('crypto/cannot-open');
	// What was read before was read without these.
	await vault.useKeys(client);
	await countAway({ vault, state });
	// No entity is open by now: whatever waits is sent with the next pass.
	await countElsewhere(vault);
}

/** With the keys of an identity as this device knows them; for a code also as the server has them of later. */
async function takeBy(
	client: KeyClient,
	server: ApiClient,
	{ texts, aside, secret }: { texts: string[]; aside: KeysAnswer; secret: EarlierSecret }
): Promise<TakenLocalKeys | null> {
	if ('password' in secret) {
		const bytes = passwordBytes(secret.password);
		const earlier = { keys: aside, by: { password: bytes } };
		return client.takeLocal({ kept: texts, earlier }, [bytes.buffer]).catch(unlessClosed);
	}
	for await (const keys of versionsOf(server, aside)) {
		const taken = await client.takeLocal({ kept: texts, earlier: { keys, by: secret } }).catch(unlessClosed);
		if (taken) return taken;
	}
	return null;
}

/** The keys of one identity from a version on: another device may have made the recovery code anew. */
async function* versionsOf(server: ApiClient, aside: KeysAnswer): AsyncGenerator<KeysAnswer> {
	yield aside;
	for (let more = 1; more <= MOST_VERSIONS; more++) {
		const keys = await server.call('getKeys', { query: { version: String(aside.version + more) } }).catch(unlessAsked);
		if (!keys || !('slots' in keys) || identityOf(keys) !== identityOf(aside)) return;
		yield keys;
	}
}

/** Without an answer, or where the server keeps them no longer, what is kept here is all there is. */
function unlessAsked(error: unknown): null {
	if (error instanceof ApiError) return null;
	throw error;
}
