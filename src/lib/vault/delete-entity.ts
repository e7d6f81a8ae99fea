import { ApiError } from '../sync/api-error.ts';
import { showEntities } from './list-entities.ts';
import type { VaultState } from './vault-state.svelte.ts';

/** Deletes an entity with everything in it. One that is gone already counts as deleted. Throws ApiError. */
export async function deleteEntity(state: VaultState, id: string): Promise<void> {
	try {
		await state.client.call('deleteEntity', { params: { id } });
	} catch (error) {
		if (!(error instanceof ApiError) || error.status !== 404) throw error;
	}
	if (state.entity === id) state.close();
	showEntities(
		state,
		state.entities.filter((entity) => entity.id !== id)
	);
}
