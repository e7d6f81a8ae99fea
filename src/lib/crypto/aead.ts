import type { Allocate } from './allocate.ts';

/** Bytes of a nonce, and of a tag. */
export const nonceSize = 12;
export const tagSize = 16;

/**
 * AES-256-GCM as the envelope uses it, done at once. The server gives Node's own, the tests a second implementation.
 * The authenticated data is lent to it for the length of a call. `Key` is whatever the implementation holds a 32-byte
 * key in; it is never text.
 */
export interface Aead<Key> {
	/** Where the bytes of envelopes come from. */
	readonly allocate: Allocate;
	/** Writes ciphertext and tag to `out`, which is exactly `plain.length + 16` bytes long. The nonce is 12 bytes. */
	seal(key: Key, nonce: Uint8Array, aad: Uint8Array, plain: Uint8Array, out: Uint8Array): void;
	/** The plain of ciphertext and tag. Throws anything at all, and gives nothing away, when the tag is not theirs. */
	open(key: Key, nonce: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Uint8Array;
}
