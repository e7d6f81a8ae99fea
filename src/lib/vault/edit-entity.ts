import type { UpdateEntity } from '../api/entity.ts';
import { mergeEntities } from './list-entities.ts';
import type { VaultState } from './vault-state.svelte.ts';

/**
 * Changes an entity's name, kind or identifying values; what is left out stays. `base` is the `rev` the draft began
 * from. Throws ApiError, with status 409 where another device changed it first.
 */
export async function editEntity(state: VaultState, id: string, changes: UpdateEntity): Promise<void> {
	const { entities } = await state.client.call('updateEntity', { params: { id }, body: changes });
	await mergeEntities(state, entities);
}
