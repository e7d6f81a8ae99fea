import type { Domain } from '../api/ids.ts';
import type { EntityView } from './entity-view.ts';
import type { VaultState } from './vault-state.svelte.ts';

/**
 * The domains of an entity from which nothing may leave in the clear, whatever rosters the server shows: with user
 * encryption on, or while it is not known whether it is, the health of whoever the person owns. Until its key is there,
 * or the server has said that there is none, it waits on the device.
 */
export function sealedOnly(
	{ keys, unsure }: Pick<VaultState, 'keys' | 'unsure'>,
	entity: EntityView | undefined
): readonly Domain[] {
	return (keys || unsure()) && entity?.role === 'owner' ? ['health'] : [];
}
