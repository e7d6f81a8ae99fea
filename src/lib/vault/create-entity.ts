import type { CreateEntity } from '../api/entity.ts';
import { ApiError } from '../sync/api-error.ts';
import type { EntityView } from './entity-view.ts';
import { listEntities, mergeEntities } from './list-entities.ts';
import { VaultError } from './vault-error.ts';
import type { VaultState } from './vault-state.svelte.ts';

/**
 * Makes an entity owned by the person. Where the answer was lost the list tells whether it was made, so that trying
 * again does not make it twice. Throws ApiError.
 */
export async function createEntity(state: VaultState, draft: CreateEntity): Promise<EntityView> {
	const before = new Set(state.entities.map((entity) => entity.id));
	const isNew = (entity: EntityView) =>
		!before.has(entity.id) && entity.kind === draft.kind && entity.name === draft.name.trim();
	try {
		const { entities } = await state.client.call('createEntity', { body: draft });
		await mergeEntities(state, entities);
	} catch (error) {
		if (!(error instanceof ApiError) || !error.passing || error.status === 429) throw error;
		await listEntities(state);
		if (!state.entities.some(isNew)) throw error;
	}
	const made = state.entities.find(isNew);
	if (!made) throw new VaultError('vault/no-such-entity');
	return made;
}
