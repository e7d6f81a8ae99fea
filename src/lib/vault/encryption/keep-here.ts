import { openDeviceKey } from '../../device/open-device-key.ts';
import { VaultError } from '../vault-error.ts';
import { removeBiometric } from './drop-biometric.ts';
import { removePin } from './keep-pin.ts';
import { KeptKeys } from './kept-keys.ts';
import { ownerOf } from './open-keys.ts';
import type { Encryption } from './open-keys.ts';
import { showLocked } from './show-locked.ts';

/**
 * Keeps the account key on this device, wrapped under the device's own, or no longer.
 * @throws VaultError `keys/not-kept` where the browser keeps nothing; KeysError `keys/locked` while it is locked
 */
export async function keepHere({ vault, state }: Pick<Encryption, 'vault' | 'state'>, keep: boolean): Promise<void> {
	const kept = new KeptKeys(vault);
	if (keep) {
		const deviceKey = await openDeviceKey(ownerOf(vault));
		if (!deviceKey) throw new VaultError('keys/not-kept');
		if (!state.client) throw new VaultError('keys/locked');
		await kept.write('keys/device', await state.client.call('wrapForDevice', { deviceKey }));
		if (state.hasBiometric) await removeBiometric({ vault, state });
		if (state.hasPin) await removePin({ vault, state });
	} else {
		await kept.write('keys/device', null);
	}
	state.keptHere = keep;
}

/**
 * Ends the key worker. A page that does so since its keys were replaced leaves word of that on the disk: what is kept
 * there is newer already, where another tab replaced them, and would not tell. Where the key is kept here, it waits until the password is typed: the mark that says so is on
 * the disk before the keys go, so that a page which dies in between does not open by itself. Whether it is kept the disk
 * knows, since another tab may have chosen it.
 */
export async function lock(encryption: Encryption): Promise<void> {
	const { vault, state } = encryption;
	try {
		const kept = vault.store && new KeptKeys(vault);
		if (kept && state.replaced) await kept.write('keys/replaced', true);
		if (kept && (await kept.read('keys/device')) !== null) await kept.write('keys/locked', true);
	} finally {
		if (state.phase === 'open') showLocked(encryption);
	}
}
