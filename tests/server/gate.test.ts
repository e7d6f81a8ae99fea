import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verifyToken } from '../../src/lib/server/backend/verify-token.ts';
import { asAttachment } from '../../src/lib/server/forwarder/as-attachment.ts';
import { createCodeTries } from '../../src/lib/server/forwarder/code-tries.ts';
import { createDevices } from '../../src/lib/server/forwarder/known-device.ts';
import { createLockout } from '../../src/lib/server/forwarder/lockout.ts';
import { createProofs } from '../../src/lib/server/forwarder/recent-proof.ts';
import { addressPrefix } from '../../src/lib/server/http/client-address.ts';
import { spellings } from './spellings.ts';

/** A clock that is moved by hand. */
function clock() {
	let time = 1_000_000;
	return { now: () => time, pass: (seconds: number) => void (time += seconds * 1000) };
}

describe('the lock on guessing', () => {
	test('grows from a minute to an hour and no further', () => {
		const { now, pass } = clock();
		const lockout = createLockout(5, now);
		for (let attempt = 0; attempt < 5; attempt++) expect(lockout.attempt('ana')).toBe(0);
		const waits: number[] = [];
		for (let turn = 0; turn < 9; turn++) {
			const wait = lockout.attempt('ana');
			waits.push(wait);
			pass(wait);
			expect(lockout.attempt('ana')).toBe(0);
		}
		expect(waits).toEqual([60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
	});

	test('says exactly how long is left, and a refused attempt does not lengthen it', () => {
		const { now, pass } = clock();
		const lockout = createLockout(1, now);
		lockout.attempt('ana');
		pass(20.5);
		expect(lockout.attempt('ana')).toBe(40);
		expect(lockout.attempt('ana')).toBe(40);
		expect(lockout.attempt('ben')).toBe(0);
	});

	test('is forgotten by success, and a day after the last attempt', () => {
		const { now, pass } = clock();
		const lockout = createLockout(3, now);
		for (let turn = 0; turn < 10; turn++) {
			expect(lockout.attempt('ana')).toBe(0);
			expect(lockout.attempt('ana')).toBe(0);
			lockout.succeed('ana');
		}
		for (let attempt = 0; attempt < 3; attempt++) lockout.attempt('ana');
		pass(25 * 3600);
		for (let attempt = 0; attempt < 3; attempt++) expect(lockout.attempt('ana')).toBe(0);
	});
});

describe('the tries of a mailed code', () => {
	test('are five, begin anew with another code, and codes are ten an hour', () => {
		const { now, pass } = clock();
		const tries = createCodeTries(now);
		for (let code = 0; code < 10; code++) {
			expect(tries.issue('ana')).toBe(true);
			expect(Array.from({ length: 7 }, () => tries.attempt('ana'))).toEqual([
				true,
				true,
				true,
				true,
				true,
				false,
				false
			]);
		}
		expect(tries.issue('ana')).toBe(false);
		expect(tries.attempt('ana')).toBe(false);
		expect(tries.issue('ben')).toBe(true);
		pass(3601);
		expect(tries.issue('ana')).toBe(true);
		expect(tries.attempt('ana')).toBe(true);
	});
});

test('a shown password counts for ten minutes, for that account and address', () => {
	const { now, pass } = clock();
	const proofs = createProofs(now);
	proofs.note('ana', '192.0.2.1');
	pass(599);
	expect([proofs.has('ana', '192.0.2.1'), proofs.has('ana', '192.0.2.2'), proofs.has('ben', '192.0.2.1')]).toEqual([
		true,
		false,
		false
	]);
	pass(2);
	expect(proofs.has('ana', '192.0.2.1')).toBe(false);
});

test('a device cookie holds for the account it was made for, under the key it was made with', () => {
	const devices = createDevices('secret');
	const cookie = devices.cookie('ana@example.org', true);
	expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Secure$/);
	const sent = `theme=dark; ${cookie.split(';')[0]}; other=1`;
	const id = devices.known('ana@example.org', sent);
	expect(id).toMatch(/^[\w-]{22}$/);
	expect(devices.known('ben@example.org', sent)).toBeUndefined();
	expect(createDevices('another').known('ana@example.org', sent)).toBeUndefined();
	expect(devices.known('ana@example.org', null)).toBeUndefined();
	expect(devices.known('ana@example.org', 'arca-device=short.short')).toBeUndefined();
});

describe('the address that limits go by', () => {
	test.each([
		['203.0.113.7', '203.0.113.7'],
		['::ffff:203.0.113.7', '203.0.113.7'],
		['::1', '0:0:0:0::/64'],
		['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
		['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
		['2001:db8::', '2001:db8:0:0::/64'],
		['fe80::1%eth0', 'fe80:0:0:0::/64']
	])('%s is %s', (address, prefix) => {
		expect(addressPrefix(address)).toBe(prefix);
	});

	test('is the same for every host of a network, and another for another network', () => {
		const host = fc
			.array(fc.integer({ min: 1, max: 0xffff }), { minLength: 4, maxLength: 4 })
			.map((groups) => groups.map((group) => group.toString(16)).join(':'));
		fc.assert(
			fc.property(host, host, host, (network, one, two) => {
				expect(addressPrefix(`${network}:${one}`)).toBe(addressPrefix(`${network}:${two}`));
				fc.pre(network !== two);
				expect(addressPrefix(`${network}:${one}`)).not.toBe(addressPrefix(`${two}:${one}`));
			})
		);
	});
});

test.each([
	['text/html', 'application/octet-stream'],
	['image/svg+xml', 'application/octet-stream'],
	['text/javascript; charset=utf-8', 'application/octet-stream'],
	['', 'application/octet-stream'],
	['image/png', 'image/png']
])('an object stored as %s is given out as %s, to be kept and not to be opened', (stored, given) => {
	const answer = asAttachment(new Response('x', { headers: { 'content-type': stored } }));
	expect(answer.headers.get('content-type')).toBe(given);
	expect(answer.headers.get('content-disposition')).toBe('attachment');
});

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

test('the search finds a text at any offset in any spelling', () => {
	const text = 'Panadería Núñez 7';
	fc.assert(
		fc.property(
			fc.uint8Array({ maxLength: 9 }),
			fc.uint8Array({ maxLength: 9 }),
			fc.constantFrom('latin1', 'hex', 'base64', 'base64url'),
			(before, after, spelling) => {
				const haystack = Buffer.concat([before, Buffer.from(text), after]).toString(spelling);
				const needles =
					spelling === 'latin1'
						? spellings(text).map((needle) => Buffer.from(needle).toString('latin1'))
						: spellings(text);
				expect(needles.some((needle) => haystack.includes(needle))).toBe(true);
			}
		)
	);
});
