import { CryptoError } from '../crypto/crypto-error.ts';
import { DeviceError } from '../device/device-error.ts';
import { KeysError } from '../keys/keys-error.ts';
import { ApiError } from '../sync/api-error.ts';
import { OneAtATime } from '../sync/one-at-a-time.ts';
import { secondStep } from './second-step/second-step.svelte.ts';
import { syncVault } from './sync-vault.ts';
import { VaultError } from './vault-error.ts';
import type { VaultState } from './vault-state.svelte.ts';

/** Runs passes of the vault one after another, and shows how the last one went. */
export class SyncPasses {
	readonly #state: VaultState;
	readonly #turns = new OneAtATime(() => this.#pass());

	constructor(state: VaultState) {
		this.#state = state;
	}

	/** A pass that begins after this call; what is under way may have missed what was saved just now. Rejects as the pass does. */
	run(): Promise<void> {
		return this.#turns.run();
	}

	async #pass(): Promise<void> {
		const state = this.#state;
		const { owner, opening } = state;
		if (owner === null) return;
		// Whoever is offline stays so until the server has answered.
		if (state.sync.phase !== 'offline') state.sync.phase = 'syncing';
		try {
			await syncVault(state, opening.signal);
			if (state.owner === owner) state.sync.settle('idle');
			// It may have been shown in another tab.
			secondStep.reached();
		} catch (error) {
			if (state.owner !== owner) return;
			// Another entity was opened meanwhile: that is its own work.
			if (opening.signal.aborted) return state.sync.settle('idle');
			state.sync.settle(...phaseOf(error));
			throw error;
		}
	}
}

function phaseOf(error: unknown): ['offline' | 'trouble', string] {
	if (error instanceof ApiError) return [error.passing && !error.awaitsStep ? 'offline' : 'trouble', error.code];
	const told = [DeviceError, VaultError, KeysError, CryptoError].some((kind) => error instanceof kind);
	return ['trouble', told ? (error as DeviceError).code : 'sync/unexpected'];
}
