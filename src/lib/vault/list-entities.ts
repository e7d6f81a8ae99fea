import { TRIES_IN_VIEW } from '../sync/retry-delay.ts';
import type { EntityView } from './entity-view.ts';
import type { VaultState } from './vault-state.svelte.ts';

/** Asks for the entities the person is a member of and shows them by name. Throws ApiError. */
export async function listEntities(state: VaultState): Promise<void> {
	const { owner } = state;
	const { entities } = await state.client.call('listEntities', { tries: TRIES_IN_VIEW });
	// The answer may come after the person has signed out or another one has signed in.
	if (state.owner === owner) showEntities(state, entities);
}

/** Replaces the list, ordered by name. */
export function showEntities(state: VaultState, entities: readonly EntityView[]): void {
	state.entities = [...entities].sort((a, b) => a.name.localeCompare(b.name));
	state.listed = true;
}

/** Adds or replaces entities in the list. */
export function mergeEntities(state: VaultState, changed: readonly EntityView[]): void {
	const others = state.entities.filter((entity) => !changed.some((one) => one.id === entity.id));
	showEntities(state, [...others, ...changed]);
}
