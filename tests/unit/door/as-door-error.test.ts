import { expect, test } from 'vitest';
import { asDoorError, endsSession } from '../../../src/lib/vault/session/as-door-error.ts';
import { bareCode } from '../../../src/lib/vault/session/bare-code.ts';
import { retryAfter } from '../../../src/lib/vault/session/retry-after.ts';

const refusal = (code: string, status = 400) => asDoorError({ name: 'AuthApiError', code, status });

test('a wrong password and an unknown address have one code', () => {
	expect(refusal('invalid_credentials').code).toBe('door/wrong-sign-in');
});

test('a code nobody knows is unexpected, whatever its message', () => {
	expect(refusal('something_new', 500).code).toBe('door/unexpected');
	expect(refusal('toString').code).toBe('door/unexpected');
});

test('no answer means that the server cannot be reached', () => {
	expect(asDoorError({ name: 'AuthRetryableFetchError', code: undefined, status: 0 }).code).toBe('door/offline');
});

test('a refusal for too many tries tells how long to wait, if the server said so', () => {
	retryAfter.note(new Response(null, { status: 429, headers: { 'retry-after': '90' } }));
	expect(refusal('over_request_rate_limit', 429)).toMatchObject({ code: 'door/too-many', retryAfter: 90 });
	retryAfter.note(new Response(null, { status: 429 }));
	expect(refusal('over_request_rate_limit', 429)).toMatchObject({ code: 'door/too-many', retryAfter: null });
});

test('a code is digits, however it is spaced', () => {
	expect(bareCode(' 123 456 ')).toBe('123456');
	expect(bareCode('12345-67890')).toBe('1234567890');
	for (const wrong of ['', '12345', '12345a', '12345678901']) expect(() => bareCode(wrong)).toThrow('door/wrong-code');
});

test('a session ends by the word of the sign-in server, never by a gateway, a foreign page or silence', () => {
	const said = (name: string, status: number, code?: string) => endsSession({ name, status, code });
	expect(said('AuthApiError', 400, 'refresh_token_not_found')).toBe(true);
	expect(said('AuthApiError', 400)).toBe(true);
	expect(said('AuthSessionMissingError', 400)).toBe(true);
	expect(said('AuthRetryableFetchError', 0)).toBe(false);
	expect(said('AuthRetryableFetchError', 503)).toBe(false);
	expect(said('AuthUnknownError', 403)).toBe(false);
	expect(said('AuthApiError', 429, 'over_request_rate_limit')).toBe(false);
});
