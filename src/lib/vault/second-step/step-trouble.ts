import { m } from '$messages';
import { encryptionTrouble } from '../encryption-sentence.ts';
import type { EncryptionTrouble } from '../encryption-sentence.ts';

/** A wait in the person's words. */
export function waitText(seconds: number): string {
	const minutes = Math.ceil(seconds / 60);
	return seconds > 90 ? m.step_wait_minutes({ count: minutes }) : m.step_wait_seconds({ count: seconds });
}

const sentences: Readonly<Record<string, () => string>> = {
	'two-factor/wrong-code': m.step_error_wrong,
	'two-factor/used-code': m.step_error_used,
	'two-factor/off': m.step_error_off,
	'two-factor/on': m.step_error_on,
	'two-factor/unavailable': m.step_unavailable,
	'two-factor/wrong-passkey': m.passkey_error_wrong,
	'two-factor/no-passkey': m.passkey_error_gone,
	'two-factor/passkeys-full': m.passkey_error_full,
	'two-factor/passkey-known': m.passkey_error_known,
	'two-factor/passkey-cancelled': m.passkey_error_cancelled,
	'two-factor/passkey-none-here': m.passkey_error_none_here,
	'two-factor/passkey-unsupported': m.passkey_error_unsupported,
	'access/limit': m.step_error_limit,
	'access/locked': m.step_error_locked
};

/** What went wrong with a second step, as a person reads it. */
export function stepTrouble(error: unknown): EncryptionTrouble {
	const trouble = encryptionTrouble(error);
	const sentence = sentences[trouble.code];
	return sentence ? { ...trouble, sentence } : trouble;
}
