import type { Encryption } from './open-keys.ts';

/** The fingerprint or face that opens the vault on this device, as screens see and change it. Reading is reactive. */
export class DeviceBiometric {
	readonly #it: () => Encryption;

	constructor(it: () => Encryption) {
		this.#it = it;
	}

	/** Does it open the vault on this device? */
	get isSet(): boolean {
		return this.#it().state.hasBiometric;
	}
	/** It did, and opens nothing any more: the keys were changed. */
	get ended(): boolean {
		return this.#it().state.biometricEnded;
	}

	/** Turns it on, in the place of whatever else opened the vault here. Throws as `keepBiometric`. */
	async set(person: string): Promise<void> {
		await (await import('./keep-biometric.ts')).keepBiometric(this.#it(), person);
	}
	/** Turns it off; throws as `removeBiometric`. */
	async remove(): Promise<void> {
		await (await import('./drop-biometric.ts')).removeBiometric(this.#it());
	}
	/** Opens by it; throws as `unlockByBiometric`. */
	async unlock(signal: AbortSignal): Promise<void> {
		await (await import('./unlock-by-biometric.ts')).unlockByBiometric(this.#it(), signal);
	}
}
