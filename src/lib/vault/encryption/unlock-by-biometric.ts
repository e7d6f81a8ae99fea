import { VaultError } from '../vault-error.ts';
import { askPrf } from './authenticator.ts';
import { endBiometric } from './drop-biometric.ts';
import { asNoPrf } from './keep-biometric.ts';
import { KeptKeys } from './kept-keys.ts';
import { findAccount, openWith } from './open-keys.ts';
import type { Encryption } from './open-keys.ts';
import { identityOf } from './replaced.ts';

/**
 * Opens with what the authenticator of this device gives once it has verified who is there; also without a network.
 * @param signal the person took another way
 * @throws VaultError `keys/not-verified`, `keys/no-prf`; `keys/no-biometric` where it was turned on for other keys, and is
 * taken off; else as openKeys
 */
export async function unlockByBiometric(encryption: Encryption, signal: AbortSignal): Promise<void> {
	const slot = await new KeptKeys(encryption.vault).read('keys/biometric');
	if (!slot) return end(encryption);
	const failing = new AbortController();
	const finding = findAccount(encryption);
	finding.catch(() => failing.abort());
	const asking = askPrf(slot, AbortSignal.any([signal, failing.signal]));
	const [found, prf] = await Promise.all([finding, asking]);
	if (identityOf(found.keys) !== slot.identity) {
		prf.fill(0);
		return end(encryption);
	}
	signal.throwIfAborted();
	await openWith(encryption, found, { prf, wrapped: slot.wrapped }, [prf.buffer]).catch((error: unknown) => {
		throw asNoPrf(error);
	});
	encryption.state.hasBiometric = true;
}

async function end(encryption: Encryption): Promise<never> {
	await endBiometric(encryption);
	throw new VaultError('keys/no-biometric');
}
