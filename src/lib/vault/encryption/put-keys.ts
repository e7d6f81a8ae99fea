import type { KeysAnswer, PutKeys } from '../../api/keys.ts';
import { CryptoError } from '../../crypto/crypto-error.ts';
import type { KeyClient } from '../../keys/key-client.ts';
import type { ToPut } from '../../keys/key-verbs.ts';
import { ApiError } from '../../sync/api-error.ts';
import { VaultError } from '../vault-error.ts';
import type { VaultState } from '../vault-state.svelte.ts';
import { renewEntity } from './entity-layers.ts';
import { endStaleBiometric } from './drop-biometric.ts';
import { keepHere } from './keep-here.ts';
import { endStalePin } from './keep-pin.ts';
import { KeptKeys } from './kept-keys.ts';
import { showOpened } from './open-keys.ts';
import type { Encryption } from './open-keys.ts';
import { putAlone } from './put-alone.ts';
import { findReplaced } from './replaced.ts';
import { askAccount } from './served-keys.ts';
import { showLocked } from './show-locked.ts';

/**
 * Has keys drawn and puts them; the key worker goes on with them once the server has them, and not before.
 * @throws VaultError `keys/changed-elsewhere` where another device was first; `keys/outcome-unknown` where nobody can
 * tell whether the server has them; ApiError (`roster/conflict`: an entity was not taken along, or has a newer roster),
 * and whatever `draw` throws
 */
export async function putNew<Made extends ToPut<PutKeys>>(
	{ vault, state }: Pick<Encryption, 'vault' | 'state'>,
	client: KeyClient,
	draw: () => Promise<Made>
): Promise<{ made: Made; keys: KeysAnswer }> {
	return putAlone(vault, async () => {
		const made = await draw();
		const { ticket } = made;
		try {
			const keys = await put(vault, made.put);
			await client.call('settle', { ticket, taken: true });
			return { made, keys };
		} catch (error) {
			await client.call('settle', { ticket, taken: false });
			if (hasCode(error, 'keys/outcome-unknown')) state.unsettled = true;
			if (hasCode(error, 'keys/changed-elsewhere')) await findReplaced({ vault, state }).catch(() => false);
			throw error;
		}
	});
}

/**
 * Goes on with keys of a new identity that the server has. Nothing that fails from here on is thrown: it would say that
 * they were not put, and hide the code that opens them. What is missing is made up for at the next pass or unlock.
 */
export async function showTaken(
	encryption: Encryption,
	client: KeyClient,
	{ made, keys }: { made: ToPut<PutKeys>; keys: KeysAnswer }
): Promise<void> {
	const { vault, state } = encryption;
	const { bundle, rosters } = made.put;
	try {
		const kept = new KeptKeys(vault);
		await kept.noteOpened({ keys, bundle }, true);
		// What is kept of these entities was granted to the identity before.
		for (const { entity } of rosters) await kept.write(`keys/entity/${entity}`, null);
		await showOpened(encryption, client, { keys });
	} catch {
		client.close();
		return showLocked(encryption);
	}
	// What was known of them was of the keys before: where they cannot be asked for now, resume asks.
	state.renewed.clear();
	for (const { entity } of rosters) await renewEntity(encryption, entity).catch((error: unknown) => note(state, error));
	if (state.keptHere) await keepHere(encryption, true).catch((error: unknown) => note(state, error));
	await endStaleBiometric(encryption).catch((error: unknown) => note(state, error));
	await endStalePin(encryption).catch((error: unknown) => note(state, error));
}

/** What speaks of an attack is told; all else is tried again. */
function note(state: Encryption['state'], error: unknown): void {
	if (error instanceof CryptoError) state.alarm = error;
}

function hasCode(error: unknown, code: string): boolean {
	return error instanceof VaultError && error.code === code;
}

/** Puts keys. Where the answer is lost, the server is asked whether it has them. */
async function put({ client }: VaultState, keys: PutKeys): Promise<KeysAnswer> {
	try {
		return await client.call('putKeys', { body: keys });
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		if (error.status === 409 && error.code !== 'roster/conflict') throw new VaultError('keys/changed-elsewhere');
		if (!error.passing || error.awaitsStep) throw error;
		const there = await askAccount(client).catch(() => undefined);
		if (there === undefined) throw new VaultError('keys/outcome-unknown');
		if (there?.keys.slots.password.token !== keys.slots.password.token) throw error;
		if (there.keys.slots.recovery?.token !== keys.slots.recovery?.token) throw error;
		return there.keys;
	}
}
