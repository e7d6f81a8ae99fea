import { CryptoError } from '../../crypto/crypto-error.ts';
import { openDeviceKey } from '../../device/open-device-key.ts';
import type { KeyClient } from '../../keys/key-client.ts';
import type { TakenLocalKeys } from '../../keys/key-verbs.ts';
import type { VaultState } from '../vault-state.svelte.ts';
import type { EncryptionState } from './encryption-state.svelte.ts';
import { KeptKeys } from './kept-keys.ts';

interface Opened {
	readonly vault: VaultState;
	readonly state: EncryptionState;
}

/**
 * Takes in the keys for what this device keeps. After a change of the password elsewhere they open where this device
 * keeps the account key of before; else what waits here is told of, see `countAway`. One tab at a time: two that drew a
 * key each would keep one of them.
 */
export async function takeLocal({ vault, state }: Opened, client: KeyClient): Promise<void> {
	const [kept, name] = [new KeptKeys(vault), `keys-${vault.owner ?? ''}`];
	await vault.presence.enter(name);
	await vault.alone('local-keys', async () => {
		const before = (await kept.read('keys/local')) ?? [];
		let taken = await client.takeLocal({ kept: before });
		if (taken.closed > 0) taken = (await takeByDevice(vault, client, taken.kept)) ?? taken;
		await keepLocal(kept, state, taken);
		await client.call('useLocal', null);
	});
}

/** Counts what waits under an earlier password, and seals anew what else waits and opens. */
export async function countAway({ vault, state }: Opened): Promise<void> {
	if (state.local.closed + state.local.older === 0) return void (state.away = null);
	const turned = await (await vault.store)?.turnSeal(false);
	const { changes = 0, drafts = 0 } = turned ?? {};
	state.away = changes + drafts > 0 ? { changes, drafts } : null;
}

/** Seals all that is kept under the newest key; the older ones go, once nothing is under them and no other tab may use them. */
export async function turnLocal({ vault, state }: Opened): Promise<void> {
	const { client } = state;
	if (!client || state.local.closed + state.local.older === 0) return;
	await vault.alone('turn-local', async () => {
		const store = await vault.store;
		for (let tries = 0; tries < 3; tries++) {
			// Where no older key is at hand there is nothing to be found in the pages: they are not opened in vain.
			const found = await store?.turnSeal(state.local.older > 0);
			if (found?.older === 0) return forgetOlder({ vault, state }, found.changes + found.drafts > 0);
		}
	});
	await countAway({ vault, state });
}

/** @param isAway whether something waits for a key that is not open */
async function forgetOlder({ vault, state }: Opened, isAway: boolean): Promise<void> {
	const kept = new KeptKeys(vault);
	// What this page sealed under one of them may be on its way to the disk: the next page sees to it.
	if (state.local.inUse) return;
	// So may what another tab seals, as long as it is there.
	if (!(await vault.presence.isAlone(`keys-${vault.owner ?? ''}`))) return;
	await vault.alone('local-keys', async () => {
		const [now, { texts, older, closed }] = [(await kept.read('keys/local')) ?? [], state.local];
		// Another tab drew a key meanwhile: it has the newest, and sees to this.
		if (now.join() !== texts.join()) return;
		const stays = [...texts.slice(0, 1), ...(isAway ? texts.slice(1 + older) : [])];
		await kept.write('keys/local', stays);
		state.local = { ...state.local, texts: stays, older: 0, closed: isAway ? closed : 0 };
		if (!isAway) await kept.write('keys/earlier', null);
	});
}

async function takeByDevice(vault: VaultState, client: KeyClient, texts: string[]): Promise<TakenLocalKeys | null> {
	const kept = new KeptKeys(vault);
	const [wrapped, keys] = [await kept.read('keys/device'), await kept.read('keys/account')];
	const deviceKey = wrapped === null || vault.owner === null ? null : await openDeviceKey(vault.owner);
	if (wrapped === null || !keys || !deviceKey) return null;
	return client
		.takeLocal({ kept: texts, earlier: { keys: keys.keys, by: { deviceKey, wrapped } } })
		.catch(unlessClosed);
}

/** Keeps what was taken in. */
export async function keepLocal(
	kept: KeptKeys,
	state: EncryptionState,
	{ kept: texts, older, closed }: TakenLocalKeys
): Promise<void> {
	await kept.write('keys/local', texts);
	const inUse = state.local.inUse || (state.local.texts.length > 0 && state.local.texts[0] !== texts[0]);
	state.local = { texts, older, closed, inUse };
}

/** For a `catch`: null where something does not open; throws what else it was, and that a code was mistyped. */
export function unlessClosed(error: unknown): null {
	if (error instanceof CryptoError && error.code !== 'crypto/recovery-code') return null;
	throw error;
}
