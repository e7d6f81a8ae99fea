import { CryptoError } from '../../crypto/crypto-error.ts';
import { ApiError } from '../../sync/api-error.ts';
import type { KeyClient } from '../../keys/key-client.ts';
import type { Opener } from '../../keys/key-verbs.ts';
import { VaultError } from '../vault-error.ts';
import type { VaultState } from '../vault-state.svelte.ts';
import type { EncryptionState } from './encryption-state.svelte.ts';
import { openEarlierBundle } from './earlier-bundle.ts';
import { acceptKept } from './entity-layers.ts';
import { isOlder, KeptKeys, withNotedSlot } from './kept-keys.ts';
import type { KeptAccount } from './kept-keys.ts';
import { countAway, takeLocal } from './local-keys.ts';
import { isReplacedBy } from './replaced.ts';
import { askAccount } from './served-keys.ts';
import { showLocked } from './show-locked.ts';

/** The vault, and what is known of its owner's encryption. */
export interface Encryption {
	readonly vault: VaultState;
	readonly state: EncryptionState;
	/** Starts a key worker. */
	start(onDeath: () => void): Promise<KeyClient>;
}

/**
 * Opens the account with what the server has of its keys, or without a network with what this device keeps.
 * @param transfer buffers of `by` that the worker gets and this page keeps no copy of
 * @throws VaultError `keys/missing` where this device knows of keys that the server denies; CryptoError, KeysError as
 * KeyVerbs.unlock; ApiError where neither the server nor this device has them
 */
export async function openKeys(encryption: Encryption, by: Opener, transfer: Transferable[] = []): Promise<void> {
	const starting = startWorker(encryption);
	// While the server is asked, the worker takes the memory that deriving needs.
	const ready = 'password' in by ? starting.then((client) => client.call('prepare', null)) : starting;
	ready.catch(() => undefined);
	let found: KeptAccount;
	try {
		found = await findAccount(encryption);
	} catch (error) {
		await starting.then(
			(client) => client.close(),
			() => undefined
		);
		throw error;
	}
	await openWith(encryption, found, by, transfer, starting);
}

/** Starts a key worker whose end locks the vault, where it is the one that is open. */
export async function startWorker(encryption: Encryption): Promise<KeyClient> {
	const client = await encryption.start(() => died(encryption, client));
	return client;
}

/** Opens keys that are at hand; see openKeys. */
export async function openWith(
	encryption: Encryption,
	found: KeptAccount,
	by: Opener,
	transfer: Transferable[] = [],
	starting = startWorker(encryption)
): Promise<void> {
	const { vault } = encryption;
	const kept = new KeptKeys(vault);
	const byPassword = 'password' in by;
	const client = await starting;
	try {
		const user = ownerOf(vault);
		const account = byPassword ? found : withNotedSlot(found, await kept.read('keys/account'));
		const seen = (await kept.read('keys/seen')) ?? undefined;
		let { bundle } = account;
		if (!(await client.call('unlock', { user, ...account, by, seen }, transfer))) {
			const own = await kept.read('keys/account');
			bundle = await openEarlierBundle(client, vault, bundle, { kept: own, seen });
			encryption.state.alarm = new VaultError('keys/bundle');
		}
		// Somebody else's page began meanwhile.
		if (vault.owner !== user) throw new VaultError('vault/closed');
		await kept.noteOpened({ ...account, bundle }, byPassword);
		await kept.write('keys/locked', null);
		await showOpened(encryption, client, account);
	} catch (error) {
		client.close();
		throw error;
	}
}

/** The keys are in memory: whoever reads and writes the vault's records has them from now on. */
export async function showOpened(
	{ vault, state }: Encryption,
	client: KeyClient,
	{ keys }: Pick<KeptAccount, 'keys'>
): Promise<void> {
	if (state.client !== client) state.client?.close();
	state.client = client;
	state.show(keys);
	await takeLocal({ vault, state }, client);
	await acceptKept({ vault, state });
	await vault.useKeys(client);
	// For telling alone: what cannot be counted now is counted the next time.
	await countAway({ vault, state }).catch(() => undefined);
	vault.locked = state.changedElsewhere = false;
	state.phase = 'open';
}

/** What there is to unlock: the server's word first. Throws as openKeys. */
export async function findAccount(encryption: Encryption): Promise<KeptAccount> {
	const { vault } = encryption;
	const kept = new KeptKeys(vault);
	try {
		const account = await askAccount(vault.client);
		if (account) return await newest(encryption, account);
	} catch (error) {
		const own = error instanceof ApiError && error.passing ? await kept.read('keys/account') : null;
		if (own) return own;
		throw error;
	}
	if ((await kept.read('keys/on')) !== null) showLocked(encryption, 'missing');
	throw new VaultError('keys/missing');
}

/**
 * What to go by: the server's word, unless it is older than what this device keeps. That is an alarm, and no reason to
 * lock anybody out: the newer keys open.
 */
export async function newest({ vault, state }: Encryption, served: KeptAccount): Promise<KeptAccount> {
	const kept = new KeptKeys(vault);
	const own = await kept.read('keys/account');
	const wasTold = (await kept.read('keys/replaced')) !== null;
	state.changedElsewhere = wasTold || (own !== null && isReplacedBy(own.keys, served.keys));
	state.accountBehind = false;
	if (!own || !isOlder(served, own)) return served;
	const isBeforeChange = isReplacedBy(served.keys, own.keys);
	state.accountBehind = !isBeforeChange;
	state.alarm = isBeforeChange ? new VaultError('keys/before-change') : new CryptoError('crypto/rolled-back');
	return own;
}

function died(encryption: Encryption, client: KeyClient): void {
	if (encryption.state.client === client) showLocked(encryption);
}

export function ownerOf({ owner }: VaultState): string {
	if (owner === null) throw new VaultError('vault/closed');
	return owner;
}
