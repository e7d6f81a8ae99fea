import type { RecordStore } from '../device/record-store.ts';
import { VaultError } from './vault-error.ts';
import type { VaultState } from './vault-state.svelte.ts';

/** Small texts that the device keeps sealed for the owner, by name; the names stay readable on disk. */
export class SealedTexts {
	readonly #state: Pick<VaultState, 'store'>;

	constructor(state: Pick<VaultState, 'store'>) {
		this.#state = state;
	}

	/** The text, or null. Throws DeviceError, VaultError `vault/closed`, as the others do. */
	async read(name: string): Promise<string | null> {
		return (await this.#store()).readText(name);
	}

	/**
	 * Keeps a text; null removes it.
	 * @param ofRecords it holds what records say: with user encryption on it is sealed under the user's own key as well
	 */
	async write(name: string, text: string | null, ofRecords?: boolean): Promise<void> {
		await (await this.#store()).writeText(name, text, ofRecords);
	}

	/** The names that begin so, in order. */
	async names(prefix: string): Promise<string[]> {
		return (await this.#store()).textNames(prefix);
	}

	#store(): Promise<RecordStore> {
		const { store } = this.#state;
		if (!store) throw new VaultError('vault/closed');
		return store;
	}
}
