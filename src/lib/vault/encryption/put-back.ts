import type { Roster, RosterPost } from '../../api/rosters.ts';
import { CryptoError } from '../../crypto/crypto-error.ts';
import type { KeyClient } from '../../keys/key-client.ts';
import type { EntityView, ServedEntity } from '../../keys/key-verbs.ts';
import { ApiError } from '../../sync/api-error.ts';
import { listEntities } from '../list-entities.ts';
import type { VaultState } from '../vault-state.svelte.ts';
import type { EncryptionState } from './encryption-state.svelte.ts';
import { renewEntity } from './entity-layers.ts';
import { KeptKeys } from './kept-keys.ts';
import { putBundleAgain } from './put-bundle.ts';
import { putSlotsAgain } from './put-slots-again.ts';
import { sealRestored } from './seal-restored.ts';
import { askEntity } from './served-keys.ts';

interface Opened {
	readonly vault: VaultState;
	readonly state: EncryptionState;
}

/** What is held before rosters are put back. Tests take it out, to show what it stops. */
export const putBackChecks = { isConfirmed };

/**
 * Takes an entity's keys from this device where the server has an earlier state of the same chain, if the server was
 * restored and the person said that what is newer here is to be pushed back: the rosters after it are posted again. One
 * that retires a key waits for the bodies that the backup has under it, which are sealed anew first; where that is not
 * possible now, the rest is for the next time, and this device goes on with what it has.
 * @param alarm what the chain was refused with, thrown where it is no such restore
 * @throws ApiError, CryptoError
 */
export async function putBack(
	{ vault, state }: Opened,
	client: KeyClient,
	served: ServedEntity,
	alarm: unknown,
	checks = putBackChecks
): Promise<EntityView | null> {
	const { entity } = served;
	const own = await new KeptKeys(vault).read(`keys/entity/${entity}`);
	if (!isRolledBack(alarm) || !own || !beginsWith(own.rosters, served.rosters)) throw alarm;
	state.behind = new Set([...state.behind, entity]);
	if (!(await checks.isConfirmed(vault, entity))) throw alarm;
	const view = await client.accept({ ...own, seen: served.seen });
	const missing = own.rosters.slice(served.rosters.length);
	for (const post of await client.call('postAgain', { entity, rosters: missing })) {
		if (await isPosted(vault, post)) continue;
		await sealRestored(vault, client, await askEntity(vault.client, entity));
		if (!(await isPosted(vault, post))) return view;
	}
	state.behind = new Set([...state.behind].filter((one) => one !== entity));
	return view;
}

/**
 * Notes that the person wants what this device holds newer to be pushed back to a server that was restored, and does so
 * with its keys: those of the account, the bundle, and the rosters of the entity.
 * @throws CryptoError `crypto/rolled-back` where no restore was noticed (without another epoch it is none); what
 * putSlotsAgain throws; ApiError
 */
export async function pushBackKeys(opened: Opened, entity: string): Promise<void> {
	const { vault, state } = opened;
	await listEntities(vault);
	const epoch = vault.entities.find(({ id }) => id === entity)?.epoch;
	if (!state.client || epoch === undefined) return;
	const reports = (await (await vault.store)?.reports(entity)) ?? [];
	if (!reports.some(({ what }) => what === 'restored')) throw new CryptoError('crypto/rolled-back');
	// Nothing opens a bundle or grants of keys that the server does not have.
	const served = await vault.client.call('getKeys');
	if (!('slots' in served) || served.version > state.version) throw new CryptoError('crypto/rolled-back');
	if (served.version < state.version) await putSlotsAgain(vault, state.client, served);
	state.accountBehind = false;
	await new KeptKeys(vault).write(`keys/restored/${entity}`, epoch);
	if (isRolledBack(state.alarm)) state.alarm = null;
	await putBundleAgain(opened);
	await renewEntity(opened, entity);
}

/** Has the person said so, in this epoch of the entity? A restore gives it another one. */
async function isConfirmed(vault: VaultState, entity: string): Promise<boolean> {
	const epoch = vault.entities.find(({ id }) => id === entity)?.epoch;
	return epoch !== undefined && (await new KeptKeys(vault).read(`keys/restored/${entity}`)) === epoch;
}

function isRolledBack(error: unknown): boolean {
	return error instanceof CryptoError && error.code === 'crypto/rolled-back';
}

function beginsWith(own: readonly Roster[], served: readonly Roster[]): boolean {
	return served.length < own.length && served.every(({ bytes }, at) => bytes === own[at]?.bytes);
}

/** False where bodies are still under a key that it retires. */
async function isPosted({ client }: VaultState, body: RosterPost): Promise<boolean> {
	try {
		await client.call('postRoster', { body });
		return true;
	} catch (error) {
		if (error instanceof ApiError && error.code === 'roster/in-use') return false;
		throw error;
	}
}
