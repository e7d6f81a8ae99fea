/** The stable codes of this folder; the person's sentence lives with the screen. */
export type KeysErrorCode =
	'keys/changed-elsewhere' | 'keys/locked' | 'keys/no-layer' | 'keys/out-of-memory' | 'keys/unavailable';

/**
 * Why the key worker did not do something.
 *
 * - `keys/changed-elsewhere`: the accepted roster names this person by another identity: the keys were replaced on
 *   another device, and nothing may be signed with these any more.
 * - `keys/locked`: it was ended, or died: whatever waited for it is rejected, and the keys are gone from memory.
 * - `keys/no-layer`: the domain has no user layer by the accepted roster, so there is no key to seal with.
 * - `keys/out-of-memory`: this device could not give Argon2id the memory it needs. It is never tried with less.
 * - `keys/unavailable`: the worker could not be started, or its code could not be loaded.
 */
export class KeysError extends Error {
	readonly code: KeysErrorCode;

	constructor(code: KeysErrorCode, options?: ErrorOptions) {
		super(code, options);
		this.name = 'KeysError';
		this.code = code;
	}
}
