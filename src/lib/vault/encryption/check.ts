import { openDeviceKey } from '../../device/open-device-key.ts';
import { ApiError } from '../../sync/api-error.ts';
import { KeptKeys } from './kept-keys.ts';
import type { KeptAccount } from './kept-keys.ts';
import { newest, openWith, ownerOf } from './open-keys.ts';
import type { Encryption } from './open-keys.ts';
import { askAccount } from './served-keys.ts';
import { showLocked } from './show-locked.ts';

/** How long the server's word is waited for. */
const WITHIN = 5_000;

/**
 * Finds out whether the account has user encryption. What this device remembers counts for more than the server's word:
 * where the server denies keys that were seen here, nothing is opened or sent (`missing`). Never rejects for want of a
 * network.
 */
export async function check(encryption: Encryption): Promise<void> {
	const { vault, state } = encryption;
	const kept = new KeptKeys(vault);
	// Another tab may have set one, or taken it off.
	state.hasBiometric = (await kept.read('keys/biometric')) !== null;
	state.hasPin = (await kept.read('keys/pin')) !== null;
	if (state.phase === 'open' || state.phase === 'locked') return;
	const [known, served] = [(await kept.read('keys/on')) !== null, await word(encryption)];
	if (served === null) return known ? showLocked(encryption, 'missing') : void (state.phase = 'off');
	const account = served ? await newest(encryption, served) : await kept.read('keys/account');
	if (!known && served) await kept.write('keys/on', served.keys.at);
	if (!known && !served) return;
	if (account) state.show(account.keys);
	const wrapped = await kept.read('keys/device');
	state.keptHere = wrapped !== null;
	showLocked(encryption);
	if (wrapped === null || !account || (await kept.read('keys/locked'))) return;
	await openHere(encryption, account, wrapped);
}

/** The server's word: the account's keys, null for none, undefined where it was not to be had. */
async function word({ vault }: Encryption): Promise<KeptAccount | null | undefined> {
	if (globalThis.navigator?.onLine === false) return undefined;
	const signal = AbortSignal.timeout(WITHIN);
	try {
		return await askAccount(vault.client, signal);
	} catch (error) {
		if (signal.aborted || error instanceof ApiError) return undefined;
		throw error;
	}
}

/** Opens with the key that this device keeps. What was changed elsewhere asks for the password. */
async function openHere(encryption: Encryption, account: KeptAccount, wrapped: string): Promise<void> {
	const deviceKey = await openDeviceKey(ownerOf(encryption.vault));
	if (!deviceKey) return;
	await openWith(encryption, account, { deviceKey, wrapped }).catch(() => showLocked(encryption));
}
