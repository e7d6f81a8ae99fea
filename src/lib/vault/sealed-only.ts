import type { Domain } from '../api/ids.ts';
import type { EntityView } from './entity-view.ts';
import type { VaultState } from './vault-state.svelte.ts';

/**
 * The domains of an entity from which nothing may leave in the clear, whatever rosters the server shows: with user
 * encryption on, the health of whoever the person owns. Until its key is there, it waits on the device.
 */
export function sealedOnly({ keys }: Pick<VaultState, 'keys'>, entity: EntityView | undefined): readonly Domain[] {
	return keys && entity?.role === 'owner' ? ['health'] : [];
}
