import type { PinProblem } from '../../crypto/pin-rules.ts';
import type { Encryption } from './open-keys.ts';

/** The PIN of this device, as screens see and change it. Reading is reactive. */
export class DevicePin {
	readonly #it: () => Encryption;

	constructor(it: () => Encryption) {
		this.#it = it;
	}

	/** Does a PIN open the vault on this device? */
	get isSet(): boolean {
		return this.#it().state.hasPin;
	}
	/** There was one, which opens nothing any more: the keys were changed, or the session is another one. */
	get ended(): boolean {
		return this.#it().state.pinEnded;
	}

	/** What is wrong with a new PIN; null where nothing is. */
	async judge(pin: string): Promise<PinProblem | null> {
		return (await import('../../crypto/pin-rules.ts')).pinProblem(pin);
	}
	/** Sets it, in the place of whatever else opened the vault here. Throws as `setPin`. */
	async set(pin: string): Promise<void> {
		await (await import('./keep-pin.ts')).setPin(this.#it(), pin);
	}
	/** Takes it off; throws as `removePin`. */
	async remove(): Promise<void> {
		await (await import('./keep-pin.ts')).removePin(this.#it());
	}
	/** Opens with it; throws as `unlockByPin`. */
	async unlock(pin: string): Promise<void> {
		await (await import('./unlock-by-pin.ts')).unlockByPin(this.#it(), pin);
	}
}
