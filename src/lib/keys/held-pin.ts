import { fromBase64url, toBase64url } from '../crypto/base64url.ts';
import { randomBytes } from '../crypto/bytes.ts';
import type { Bytes } from '../crypto/bytes.ts';
import type { Argon2 } from '../crypto/kdf.ts';
import { saltSize } from '../crypto/kdf.ts';
import { pinVerifier, stretchPin } from '../crypto/pin-slot.ts';
import type { PinHalves, PinSlot } from '../crypto/pin-slot.ts';
import { HeldBytes } from './held-bytes.ts';
import { KeysError } from './keys-error.ts';

/** What the server is asked with for the share of a PIN; both base64url. */
export interface ReadPin {
	/** Kept on this device, 16 bytes. */
	salt: string;
	/** 32 bytes. */
	verifier: string;
}

/** The stretched PIN, while the server is asked for its share. The page has it at no time. */
export class HeldPin {
	#held: { salt: Bytes; stretched: HeldBytes } | null = null;

	/**
	 * Stretches a PIN, which is zero-filled, and holds on to that; the one before is let go of.
	 * @param salt null draws one
	 */
	async read(argon2: Argon2, pin: Bytes, salt: string | null): Promise<ReadPin> {
		this.#held = null;
		const salted = salt === null ? randomBytes(saltSize) : fromBase64url(salt);
		const stretched = await stretchPin(argon2, pin, salted).finally(() => pin.fill(0));
		// Holding zero-fills it: the verifier comes first.
		const verifier = await pinVerifier(stretched);
		this.#held = { salt: salted, stretched: await HeldBytes.hold(stretched) };
		return { salt: toBase64url(salted), verifier: toBase64url(verifier) };
	}

	/**
	 * Lends slot and halves for the length of `work`, once.
	 * @param share of the server, base64url
	 * @throws KeysError `keys/locked` where no PIN was read
	 */
	async use<T>(user: string, share: string, work: (slot: PinSlot, halves: PinHalves) => Promise<T>): Promise<T> {
		const held = this.#held;
		if (!held) throw new KeysError('keys/locked');
		this.#held = null;
		const bytes = fromBase64url(share);
		try {
			return await held.stretched.use((stretched) => work({ user, salt: held.salt }, { stretched, share: bytes }));
		} finally {
			bytes.fill(0);
		}
	}
}
