import { drawNonce, openAesGcm, sealAesGcm } from '../crypto/aes-gcm.ts';
import type { Bytes } from '../crypto/bytes.ts';

/**
 * Raw key bytes that are needed again later (to wrap them, or to open grants with them). Between uses they are in memory
 * only under a key that the runtime does not give out.
 */
export class HeldBytes {
	readonly #key: CryptoKey;
	readonly #nonce: Bytes;
	readonly #sealed: Bytes;

	private constructor(key: CryptoKey, nonce: Bytes, sealed: Bytes) {
		[this.#key, this.#nonce, this.#sealed] = [key, nonce, sealed];
	}

	/** Takes the bytes over: they are zero-filled. */
	static async hold(bytes: Bytes): Promise<HeldBytes> {
		try {
			const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
			const nonce = drawNonce();
			return new HeldBytes(key, nonce, await sealAesGcm(key, nonce, new Uint8Array(), bytes));
		} finally {
			bytes.fill(0);
		}
	}

	/** Lends the bytes for the length of `work`; they are zero-filled after it. */
	async use<T>(work: (bytes: Bytes) => T | Promise<T>): Promise<T> {
		const bytes = await openAesGcm(this.#key, this.#nonce, new Uint8Array(), this.#sealed);
		try {
			return await work(bytes);
		} finally {
			bytes.fill(0);
		}
	}
}
