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

/** Expects a promise to be refused with this code and nothing more. */
export async function expectLaterRefusal(code: CryptoErrorCode, act: Promise<unknown>): Promise<void> {
	const thrown = await act.then(
		() => undefined,
		(error: unknown) => ({ error })
	);
	expectRefusal(code, () => {
		if (thrown) throw thrown.error;
	});
}
