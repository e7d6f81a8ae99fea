import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verifyToken } from '../../src/lib/server/backend/verify-token.ts';

describe('an access token', () => {
	const secret = 'a secret of the embedded backend';
	const id = '0190a0de-0000-7000-8000-000000000001';
	const claims = { sub: id, session_id: id, role: 'authenticated', exp: 2_000 };
	const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	function token(payload: object, header: object = { alg: 'HS256' }, key = secret): string {
		const text = `${encode(header)}.${encode(payload)}`;
		return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
	}

	test('names its person until it expires', () => {
		expect(verifyToken(token(claims), secret, 1_999)).toEqual({ id, session: id, token: token(claims) });
		expect(verifyToken(token(claims), secret, 2_000)).toBeNull();
	});

	test.each([
		['another key', token(claims, { alg: 'HS256' }, 'x')],
		['another algorithm', token(claims, { alg: 'none' })],
		['no algorithm', token(claims, {})],
		['another role', token({ ...claims, role: 'service_role' })],
		['no session', token({ ...claims, session_id: undefined })],
		['an odd id', token({ ...claims, sub: `${id}'` })],
		['no end', token({ ...claims, exp: undefined })],
		['an end in words', token({ ...claims, exp: '9999' })],
		['a fourth part', `${token(claims)}.x`],
		['an empty signature', token(claims).replace(/[^.]+$/, '')],
		['nothing at all', '..'],
		['a list for claims', token([])]
	])('of %s names nobody', (_name, wrong) => {
		expect(verifyToken(wrong, secret, 1_000)).toBeNull();
	});

	test('with any character of it changed names nobody, or the same person', () => {
		const good = token(claims);
		fc.assert(
			fc.property(fc.nat(good.length - 1), fc.constantFrom(...'Aa0-_.'), (at, character) => {
				const changed = good.slice(0, at) + character + good.slice(at + 1);
				const person = verifyToken(changed, secret, 1_000);
				// The last character of a signature has bits to spare.
				if (changed !== good && at < good.length - 1) expect(person).toBeNull();
			}),
			{ numRuns: 500 }
		);
	});
});
