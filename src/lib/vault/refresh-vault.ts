import { ApiError } from '../sync/api-error.ts';
import { listEntities } from './list-entities.ts';
import { openEntity } from './open-entity.ts';
import { sendUnsent } from './send-unsent.ts';
import type { VaultState } from './vault-state.svelte.ts';

/**
 * Brings the vault up to date: the entities (somebody may have changed a role), what other devices and tabs saved in
 * the opened one, and what got no answer before. Quiet: without a network it only notes that the server is not
 * reached; other errors are thrown.
 */
export async function refreshVault(state: VaultState): Promise<void> {
	const { entity } = state;
	try {
		await listEntities(state);
		if (entity !== null && entity === state.entity) {
			if (state.entities.some((one) => one.id === entity)) await openEntity(state, entity);
			else state.close();
		}
		state.reached = true;
		if (state.unsent.changes.size > 0) await sendUnsent(state);
	} catch (error) {
		// Another entity was opened meanwhile: that is its own work.
		if (error instanceof DOMException && error.name === 'AbortError') return;
		if (!(error instanceof ApiError) || !error.passing) throw error;
		state.reached = false;
	}
}
