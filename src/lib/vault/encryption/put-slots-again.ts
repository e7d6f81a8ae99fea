import type { KeysAnswer } from '../../api/keys.ts';
import { CryptoError } from '../../crypto/crypto-error.ts';
import type { KeyClient } from '../../keys/key-client.ts';
import { VaultError } from '../vault-error.ts';
import type { VaultState } from '../vault-state.svelte.ts';
import { KeptKeys } from './kept-keys.ts';
import { putAlone } from './put-alone.ts';
import { isReplacedBy } from './replaced.ts';

/**
 * Puts the account's keys again that a server lacks since it was restored to before a recovery code was renewed or
 * revoked: each version that is missing, with the slots of the newest and the bundle that follows there. The identity is
 * the same, so that every key and grant of the backup goes on opening.
 * @param served what the restored server has
 * @throws VaultError `keys/before-change` where the backup is from before the password was changed: what it holds is
 * granted to the identity of then, which the keys of now do not open; CryptoError `crypto/rolled-back` where this device
 * does not have what is missing; ApiError, `keys/fresh-sign-in` where the session is older than five minutes
 */
export async function putSlotsAgain(vault: VaultState, client: KeyClient, served: KeysAnswer): Promise<void> {
	const own = await new KeptKeys(vault).read('keys/account');
	if (!own || own.keys.version <= served.version) throw new CryptoError('crypto/rolled-back');
	if (isReplacedBy(served, own.keys)) throw new VaultError('keys/before-change');
	const { slots, identity } = own.keys;
	await putAlone(vault, async () => {
		for (let version = served.version + 1; version <= own.keys.version; version++) {
			const next = (await vault.client.call('getBundle')).version + 1;
			if (next > own.bundle.version) throw new CryptoError('crypto/rolled-back');
			const isNewest = next === own.bundle.version;
			const bundle = isNewest ? own.bundle : await client.call('bundleAgain', { version: next });
			await vault.client.call('putKeys', { body: { version, slots, identity, bundle, rosters: [] } });
		}
	});
}
