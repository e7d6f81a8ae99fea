import type { Domain } from '../../api/ids.ts';
import type { RosterStep } from '../../keys/entity-rosters.ts';
import { ApiError } from '../../sync/api-error.ts';
import { VaultError } from '../vault-error.ts';
import { renewEntity } from './entity-layers.ts';
import type { Encryption } from './open-keys.ts';

/**
 * Gives a domain the user layer, or its key a new generation: new bodies are sealed under it from now on. What is there
 * is sealed anew by `resume`.
 * @throws VaultError `keys/changed-elsewhere` where another device was first (what it did is taken in); ApiError,
 * CryptoError, KeysError
 */
export async function nextGeneration(
	encryption: Encryption,
	entity: string,
	domain: Domain,
	step: Exclude<RosterStep, 'retire'>
): Promise<void> {
	const { vault, state } = encryption;
	if (!state.client) throw new VaultError('keys/locked');
	// On top of the newest roster: what another device did meanwhile is not undone, and does not stop this one.
	await renewEntity(encryption, entity);
	const post = await state.client.call('nextRoster', { entity, domain, step });
	try {
		await vault.client.call('postRoster', { body: post });
	} catch (error) {
		if (!(error instanceof ApiError) || error.status !== 409) throw error;
		await renewEntity(encryption, entity);
		throw new VaultError('keys/changed-elsewhere');
	}
	await renewEntity(encryption, entity);
}
