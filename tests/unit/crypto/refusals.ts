import { expect } from 'vitest';
import { CryptoError } from '../../../src/lib/crypto/crypto-error.ts';
import type { CryptoErrorCode } from '../../../src/lib/crypto/crypto-error.ts';

/** Expects a refusal with this code and nothing more: the same class, the same sentence, no cause. */
export function expectRefusal(code: CryptoErrorCode, act: () => unknown): void {
	let thrown: unknown;
	try {
		act();
	} catch (error) {
		thrown = error;
	}
	expect(thrown).toBeInstanceOf(CryptoError);
	expect(thrown).toMatchObject({ code, name: 'CryptoError' });
	expect((thrown as CryptoError).cause).toBeUndefined();
	if (code !== 'crypto/system-keys') expect((thrown as CryptoError).message).toBe(new CryptoError(code).message);
}
