import { expect, test } from 'vitest';
import { looksLikeEmail, passwordProblem } from '../../../src/lib/vault/session/password-rule.ts';

const email = 'ana@example.org';

test('ten characters are enough and nine are not', () => {
	expect(passwordProblem('abcdefghij', email)).toBeNull();
	expect(passwordProblem('abcdefghi', email)).toBe('door/password-short');
});

test('characters are counted, not UTF-16 units', () => {
	expect(passwordProblem('🦔🦊🐻🐼🐨🐯🦁🐮🐷', email)).toBe('door/password-short');
});

test('more than 72 bytes cannot be kept, accents counted as two', () => {
	expect(passwordProblem('ab c'.repeat(18), email)).toBeNull();
	expect(passwordProblem(`${'ab c'.repeat(18)}d`, email)).toBe('door/password-long');
	expect(passwordProblem('áb c'.repeat(18), email)).toBe('door/password-long');
});

test('the address itself is no password, however it is written', () => {
	expect(passwordProblem(' Ana@Example.org'.trim(), email)).toBe('door/password-is-email');
});

test('one or two characters over and over are no password', () => {
	expect(passwordProblem('aaaaaaaaaaaa', email)).toBe('door/password-weak');
	expect(passwordProblem('abababababab', email)).toBe('door/password-weak');
});

test('the server may ask for more', () => {
	expect(passwordProblem('abcdefghij', email, 12)).toBe('door/password-short');
});

test('an address has one @ with something on both sides', () => {
	for (const right of ['a@b', ' ana@example.org ', 'josé@correo.mx']) expect(looksLikeEmail(right), right).toBe(true);
	for (const wrong of ['', 'ana', '@b', 'a@', 'a@b@c', 'a b@c']) expect(looksLikeEmail(wrong), wrong).toBe(false);
});
