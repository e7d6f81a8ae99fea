import type { EntityView } from './entity-view.ts';
import { forgetAvatars } from './plain/forget-avatars.ts';
import type { VaultState } from './vault-state.svelte.ts';

/** Under this name the list is kept sealed on the device. */
const KEPT = 'entities';

/**
 * Shows the entities by name: at once those this device keeps, so that the vault opens without a network; where it
 * keeps none, the server is asked. Throws ApiError.
 */
export async function openEntities(state: VaultState): Promise<void> {
	const { owner } = state;
	const kept = readList((await state.store?.then((store) => store.readText(KEPT))) ?? null);
	if (state.owner !== owner || state.listed) return;
	if (kept.length > 0) showEntities(state, kept);
	else await listEntities(state);
}

/** Asks the server for the entities the person is a member of, shows them and keeps them. Throws ApiError. */
export async function listEntities(state: VaultState): Promise<void> {
	const { owner } = state;
	const { entities } = await state.client.call('listEntities');
	// The answer may come after the person has signed out or another one has signed in.
	if (state.owner !== owner) return;
	state.listedAt = performance.now();
	await keepEntities(state, entities);
}

/** Adds or replaces entities in the list. */
export async function mergeEntities(state: VaultState, changed: readonly EntityView[]): Promise<void> {
	const others = state.entities.filter((entity) => !changed.some((one) => one.id === entity.id));
	await keepEntities(state, [...others, ...changed]);
}

/** Shows this list from now on and keeps it for a start without a network; a device that is full keeps the one before. */
export async function keepEntities(state: VaultState, entities: readonly EntityView[]): Promise<void> {
	const before = state.entities;
	showEntities(state, entities);
	const store = await state.store?.catch(() => null);
	if (!store) return;
	await store.writeText(KEPT, JSON.stringify(entities)).catch(() => undefined);
	await forgetAvatars(store, before, entities).catch(() => undefined);
}

function showEntities(state: VaultState, entities: readonly EntityView[]): void {
	state.entities = [...entities].sort((a, b) => a.name.localeCompare(b.name));
	state.listed = true;
}

/** The list as this device's own earlier page wrote it; a text of another form is no list. */
function readList(text: string | null): EntityView[] {
	if (text === null) return [];
	try {
		const kept: unknown = JSON.parse(text);
		return Array.isArray(kept) ? (kept as EntityView[]) : [];
	} catch {
		return [];
	}
}
