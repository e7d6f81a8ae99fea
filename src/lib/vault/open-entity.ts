import { Replica } from '../sync/replica.ts';
import type { EntityView } from './entity-view.ts';
import { openRecord } from './open-record.ts';
import { sealedOnly } from './sealed-only.ts';
import { VaultError } from './vault-error.ts';
import type { VaultState } from './vault-state.svelte.ts';

/**
 * Opens an entity: forgets the one before, then reads what this device keeps of it. Where all of it was pulled once,
 * that is enough, with or without a network; else it is pulled now. A second call for one that failed half-way goes on.
 * Throws VaultError `vault/locked`, `vault/no-such-entity` or `vault/closed`, ApiError where it was never pulled and the server is not
 * reached, DeviceError, or an AbortError where another entity was opened meanwhile.
 */
export async function openEntity(state: VaultState, entity: string): Promise<void> {
	if (state.locked) throw new VaultError('vault/locked');
	const view = state.entities.find((one) => one.id === entity);
	if (!view) throw new VaultError('vault/no-such-entity');
	if (state.entity === entity && state.ready) return;
	if (state.entity !== entity) {
		state.close();
		state.entity = entity;
	}
	const { signal } = state.opening;
	const replica = state.replica ?? (await openReplica(state, view, signal));
	if (!replica.pulled) await replica.sync(signal);
	signal.throwIfAborted();
	state.ready = true;
}

/** Opens the entity once more with the domains that the person holds there now. */
export async function reopenEntity(state: VaultState): Promise<void> {
	const { entity } = state;
	if (entity === null) return;
	state.close();
	await openEntity(state, entity);
}

async function openReplica(state: VaultState, view: EntityView, signal: AbortSignal): Promise<Replica> {
	const { store: opening, owner, client } = state;
	if (!opening || owner === null) throw new VaultError('vault/closed');
	const store = await opening;
	await state.readyKeys(view.id);
	signal.throwIfAborted();
	const replica = await Replica.open({
		...{ entity: view.id, domains: view.domains, account: owner, store, client, signal },
		...{ layers: state.layers, sealedOnly: () => sealedOnly(state, view) },
		onRecords(records) {
			if (signal.aborted) return;
			state.records.put(records.map(openRecord));
			if (!state.ready) state.received += records.length;
		},
		onReset() {
			if (!signal.aborted) state.records.clear();
		},
		onChange() {
			if (!signal.aborted && state.replica) state.sync.show(state.replica);
		}
	});
	if (signal.aborted) replica.close();
	signal.throwIfAborted();
	state.replica = replica;
	state.domains = view.domains;
	state.sync.show(replica);
	return replica;
}
