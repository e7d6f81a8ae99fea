import { ApiError } from '../sync/api-error.ts';
import { keepEntities } from './list-entities.ts';
import type { VaultState } from './vault-state.svelte.ts';

/** Deletes an entity with everything in it. One that is gone already counts as deleted. Throws ApiError. */
export async function deleteEntity(state: VaultState, id: string): Promise<void> {
	try {
		await state.client.call('deleteEntity', { params: { id } });
	} catch (error) {
		if (!(error instanceof ApiError) || error.status !== 404) throw error;
	}
	if (state.entity === id) state.close();
	await forgetEntity(state, id);
	await keepEntities(
		state,
		state.entities.filter((entity) => entity.id !== id)
	);
}

/** What this device keeps of it goes too, unsent changes included: there is nothing left that they could change. */
async function forgetEntity(state: VaultState, id: string): Promise<void> {
	const store = await state.store;
	const drop = (await store?.waiting(id))?.map(({ change }) => change) ?? [];
	await store?.commit({ entity: id, drop });
	await store?.forget(id);
}
