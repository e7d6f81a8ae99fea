import { CryptoError } from '../crypto/crypto-error.ts';
import { ApiError } from '../sync/api-error.ts';
import { pushWaiting } from '../sync/push-waiting.ts';
import type { PushPorts } from '../sync/push-waiting.ts';
import { sendExportNotes } from './exports/export-notes.ts';
import { listEntities } from './list-entities.ts';
import { reopenEntity } from './open-entity.ts';
import { sealedOnly } from './sealed-only.ts';
import type { VaultState } from './vault-state.svelte.ts';

/** Under this name the time of the last full pass is kept on the device. */
const SYNCED = 'synced';

/** Milliseconds for which a list of the entities counts as fresh, so that not every save asks for it. */
const FRESH = 30_000;

/**
 * One pass: the entities (somebody may have changed a role), the opened entity both ways, and what waits in others.
 * Throws ApiError where the server is not reached, DeviceError, the signal's reason.
 */
export async function syncVault(state: VaultState, signal?: AbortSignal): Promise<void> {
	const { owner } = state;
	if (owner === null || state.locked) return;
	// The browser knows of no network: nothing is gained by trying for half a minute.
	if (globalThis.navigator?.onLine === false) throw new ApiError('sync/unreachable', 0);
	if (state.sync.phase === 'offline' || performance.now() - state.listedAt > FRESH) await listEntities(state);
	// At the start there was no network, or no answer: what waits for one can leave, or the vault is to be unlocked first.
	if (state.unsure()) await state.checkKeys();
	if (state.owner !== owner || isLocked(state)) return;
	await followMembership(state);
	const here = await heldBack(async () => state.replica?.sync(signal));
	const elsewhere = await pushElsewhere(state, owner, signal);
	if (state.owner !== owner) return;
	await sendExportNotes(state).catch(() => undefined);
	const trouble = here ?? elsewhere;
	if (trouble) throw trouble;
	state.sync.lastSynced = new Date();
	const at = state.sync.lastSynced.toISOString();
	// A device that is full keeps the time before.
	await state.store?.then((store) => store.writeText(SYNCED, at)).catch(() => undefined);
}

/** It may have been locked since it was asked last, which the compiler does not see. */
function isLocked({ locked }: VaultState): boolean {
	return locked;
}

/** When the last pass was, as an earlier page noted it. */
export async function readLastSynced(state: VaultState): Promise<void> {
	const at = await state.store?.then((store) => store.readText(SYNCED));
	if (at && !state.sync.lastSynced) state.sync.lastSynced = new Date(at);
}

/** Counts what waits in entities that are not open. */
export async function countElsewhere(state: VaultState): Promise<void> {
	const { entity, store } = state;
	const waiting = (await (await store)?.outline()) ?? [];
	if (state.entity === entity)
		state.sync.countElsewhere(waiting.filter((one) => one.entity !== entity && one.state === 'waiting').length);
}

/** The opened entity follows what the list says of it now: gone (what was cached of it as well), or with other domains. */
async function followMembership(state: VaultState): Promise<void> {
	if (state.entity === null || !state.replica) return;
	const view = state.entities.find(({ id }) => id === state.entity);
	if (!view) {
		const { entity, store } = state;
		state.close();
		return (await store)?.forget(entity);
	}
	const same = view.domains.length === state.domains.length && view.domains.every((one) => state.domains.includes(one));
	if (!same) await reopenEntity(state);
}

/** What kept changes of one entity from leaving, which is no reason for others: a key that is missing, a refusal. */
async function heldBack(work: () => Promise<unknown>): Promise<Error | null> {
	try {
		await work();
		return null;
	} catch (error) {
		const own = error instanceof CryptoError || (error instanceof ApiError && !error.passing && error.status !== 401);
		if (own) return error;
		throw error;
	}
}

async function pushElsewhere(state: VaultState, account: string, signal?: AbortSignal): Promise<Error | null> {
	const { client, entity, layers } = state;
	const store = await state.store;
	if (!store || state.sync.elsewhere === 0) return null;
	const waiting = (await store.outline()).filter((one) => one.entity !== entity && one.state === 'waiting');
	let trouble: Error | null = null;
	for (const other of new Set(waiting.map((one) => one.entity))) {
		signal?.throwIfAborted();
		trouble = (await heldBack(() => pushThere(state, { store, client, account, layers, signal }, other))) ?? trouble;
	}
	await countElsewhere(state);
	return trouble;
}

async function pushThere(state: VaultState, ports: PushPorts, entity: string): Promise<void> {
	// Before its rosters are known, nothing of it would seem to have a user layer.
	await state.readyKeys(entity);
	const view = state.entities.find(({ id }) => id === entity);
	await pushWaiting({ ...ports, sealedOnly: sealedOnly(state, view) }, entity);
}
