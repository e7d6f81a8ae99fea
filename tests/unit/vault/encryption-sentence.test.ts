import { expect, test } from 'vitest';
import { ApiError } from '../../../src/lib/sync/api-error.ts';
import { encryptionTrouble } from '../../../src/lib/vault/encryption-sentence.ts';
import { DoorError } from '../../../src/lib/vault/session/door-error.ts';
import { VaultError } from '../../../src/lib/vault/vault-error.ts';
import { m } from '../../../src/lib/paraglide/messages.js';

const said = (code: string): string => encryptionTrouble(new VaultError(code)).sentence();

test('a wrong password and altered keys are the same sentence, which names both', () => {
	expect(said('crypto/cannot-open')).toBe(m.security_error_cannot_open());
	expect(m.security_error_cannot_open()).toMatch(/what you typed.*altered/);
});

test('what the server gave and should not have given is an alarm, each with its own words', () => {
	const alarms = [
		'crypto/rolled-back',
		'crypto/kdf-parameters',
		'crypto/identity-changed',
		'crypto/roster',
		'keys/missing'
	];
	for (const code of alarms) expect(encryptionTrouble(new VaultError(code)).alarm, code).toBe(true);
	expect(new Set(alarms.map(said)).size).toBe(alarms.length);
});

test('what a person can mend is no alarm', () => {
	for (const code of ['crypto/cannot-open', 'crypto/recovery-code', 'keys/out-of-memory', 'keys/locked'])
		expect(encryptionTrouble(new VaultError(code)).alarm, code).toBe(false);
	expect(said('keys/out-of-memory')).toBe(m.security_error_out_of_memory());
	expect(encryptionTrouble(new ApiError('sync/unreachable', 0)).sentence()).toBe(m.security_error_unreachable());
});

test('a wrong sign-in password is told in the words of the door', () => {
	expect(encryptionTrouble(new DoorError('door/wrong-password')).sentence()).toBe(m.door_error_wrong_password());
});

test('whatever else is thrown has a sentence and a code to copy', () => {
	for (const thrown of [null, 'text', new Error('x'), new VaultError('keys/never-heard-of')]) {
		const { sentence, code, alarm } = encryptionTrouble(thrown);
		expect([sentence(), alarm]).toEqual([m.security_error_unexpected(), false]);
		expect(code).toMatch(/^[a-z]+\/[a-z-]+$/);
	}
});
