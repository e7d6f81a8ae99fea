import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCodeTries } from '../../src/lib/server/forwarder/code-tries.ts';
import { createDevices } from '../../src/lib/server/forwarder/known-device.ts';
import { createLockout } from '../../src/lib/server/forwarder/lockout.ts';
import type { Lockout } from '../../src/lib/server/forwarder/lockout.ts';
import { createNotices } from '../../src/lib/server/forwarder/notices.ts';
import { createProofs } from '../../src/lib/server/forwarder/recent-proof.ts';
import { addressPrefix } from '../../src/lib/server/http/client-address.ts';
import { BoundedMap } from '../../src/lib/server/limits/bounded-map.ts';
import { processorTime } from '../stage/processor-time.ts';
import { spellings } from './spellings.ts';

/** A clock that is moved by hand. */
function clock() {
	let time = 1_000_000;
	return { now: () => time, pass: (seconds: number) => void (time += seconds * 1000) };
}

const waitOf = async (lockout: Lockout, who: string) => (await lockout.attempt(who)).wait;

describe('the lock on guessing', () => {
	test('grows from a minute to an hour and no further', async () => {
		const { now, pass } = clock();
		const lockout = createLockout(5, now);
		for (let attempt = 0; attempt < 5; attempt++) expect(await waitOf(lockout, 'ana')).toBe(0);
		const waits: number[] = [];
		for (let turn = 0; turn < 9; turn++) {
			const wait = await waitOf(lockout, 'ana');
			waits.push(wait);
			pass(wait);
			expect(await waitOf(lockout, 'ana')).toBe(0);
		}
		expect(waits).toEqual([60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
	});

	test('says exactly how long is left, and a refused attempt does not lengthen it', async () => {
		const { now, pass } = clock();
		const lockout = createLockout(1, now);
		expect(await lockout.attempt('ana')).toEqual({ wait: 0, last: true });
		pass(20.5);
		expect(await waitOf(lockout, 'ana')).toBe(40);
		expect(await waitOf(lockout, 'ana')).toBe(40);
		expect(await waitOf(lockout, 'ben')).toBe(0);
	});

	test('is forgotten by success, and a day after the last attempt', async () => {
		const { now, pass } = clock();
		const lockout = createLockout(3, now);
		for (let turn = 0; turn < 10; turn++) {
			expect(await waitOf(lockout, 'ana')).toBe(0);
			expect(await waitOf(lockout, 'ana')).toBe(0);
			await lockout.succeed('ana');
		}
		for (let attempt = 0; attempt < 3; attempt++) await lockout.attempt('ana');
		pass(25 * 3600);
		for (let attempt = 0; attempt < 3; attempt++) expect(await waitOf(lockout, 'ana')).toBe(0);
	});
});

test('three strangers who have letters written to an address leave the first ones of others be, thirty do not', () => {
	const tries = createCodeTries(clock().now);
	const issue = (id: string) => tries.issue('ana', { id, known: false }, 30);
	for (const stranger of ['1', '2', '3'])
		expect(Array.from({ length: 5 }, () => issue(stranger))).toEqual([true, true, true, true, false]);
	expect([issue('her'), issue('her'), issue('her')], 'a first one, and the tenth of all others').toEqual([
		true,
		true,
		false
	]);
	const more = Array.from({ length: 40 }, (_, turn) => issue(`another ${turn}`));
	expect(more.filter(Boolean)).toHaveLength(26);
	expect(tries.issue('ana', { id: 'device', known: true }, 30)).toBe(true);
});

describe('the tries of a mailed code', () => {
	const at = (id: string) => ({ id, known: false });
	const device = { id: 'device', known: true };
	const five = [true, true, true, true, true];

	test('are five from one address, and begin anew with another code', () => {
		const { now, pass } = clock();
		const tries = createCodeTries(now);
		for (let code = 0; code < 4; code++) {
			expect(tries.issue('ana', at('1'))).toBe(true);
			expect(Array.from({ length: 7 }, () => tries.attempt('ana', at('1')))).toEqual([...five, false, false]);
		}
		expect(tries.issue('ana', at('1'))).toBe(false);
		expect(tries.attempt('ana', at('1'))).toBe(false);
		expect(tries.issue('ben', at('1'))).toBe(true);
		pass(3601);
		expect(tries.issue('ana', at('1'))).toBe(true);
		expect(tries.attempt('ana', at('1'))).toBe(true);
	});

	test('used up at one address are left at another, up to ten tries a code and ten codes an hour', () => {
		const tries = createCodeTries(clock().now);
		tries.issue('ana', at('1'));
		for (const address of ['1', '2'])
			expect(Array.from({ length: 6 }, () => tries.attempt('ana', at(address)))).toEqual([...five, false]);
		expect(tries.attempt('ana', at('3'))).toBe(false);
		const issued = Array.from({ length: 12 }, (_, turn) => tries.issue('ana', at(`address ${turn}`)));
		expect(issued.filter(Boolean)).toHaveLength(9);
	});

	test('of a device that signed in before are used up by nobody else', () => {
		const tries = createCodeTries(clock().now);
		for (let address = 0; address < 50; address++) {
			tries.issue('ana', at(String(address)));
			for (let turn = 0; turn < 6; turn++) tries.attempt('ana', at(String(address)));
		}
		expect(tries.issue('ana', at('another'))).toBe(false);
		expect(tries.issue('ana', device)).toBe(true);
		expect(Array.from({ length: 6 }, () => tries.attempt('ana', device))).toEqual([...five, false]);
	});
});

test('what strangers write into a map lets the oldest entry go, not the one that was written again', () => {
	const map = new BoundedMap<number>(2);
	for (const key of ['a', 'b', 'c', 'a', 'd']) map.set(key, 1);
	expect(['a', 'b', 'c', 'd'].filter((key) => map.get(key) !== undefined)).toEqual(['a', 'c', 'd']);
	expect(map.size).toBe(3);
});

test('a hundred thousand accounts that are guessed at take no longer than the first ones', () => {
	const lockout = createLockout(5);
	const guess = (from: number) =>
		processorTime(() => {
			for (let turn = 0; turn < 10_000; turn++) void lockout.attempt(`${from + turn}`);
		});
	const turns = Array.from({ length: 10 }, (_, turn) => guess(turn * 10_000));
	// The fastest of several: one may pay for what is collected.
	expect(Math.min(...turns.slice(-4))).toBeLessThan(Math.min(...turns.slice(0, 4)) * 10);
});

test('letters about sign-ins go out once an hour, for each account and kind', () => {
	const { now, pass } = clock();
	const notices = createNotices(now);
	const due = () => [
		notices.isDue('locked', 'ana'),
		notices.isDue('new-device', 'ana'),
		notices.isDue('locked', 'ben')
	];
	expect(due()).toEqual([true, true, true]);
	for (let turn = 0; turn < 100; turn++) expect(due()).toEqual([false, false, false]);
	pass(3599);
	expect(due()).toEqual([false, false, false]);
	pass(1);
	expect(due()).toEqual([true, true, true]);
});

test('a shown password counts for ten minutes, for that session and address', () => {
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
	expect(cookie).toMatch(/^__Host-arca-device-[\w-]{11}=.*; Path=\/; Secure; .*HttpOnly; SameSite=Strict$/);
	const sent = `theme=dark; ${cookie.split(';')[0]}; other=1`;
	const id = devices.known('ana@example.org', sent, true);
	expect(id).toMatch(/^[\w-]{22}$/);
	expect(devices.known('ben@example.org', sent, true)).toBeUndefined();
	expect(createDevices('another').known('ana@example.org', sent, true)).toBeUndefined();
	const ofBen = devices.cookie('ben@example.org', true).split(';')[0] ?? '';
	expect(devices.known('ana@example.org', `${ofBen}; ${sent}`, true)).toBe(id);
	expect(devices.known('ben@example.org', `${sent}; ${ofBen}`, true)).toMatch(/^[\w-]{22}$/);
	expect(devices.known('ana@example.org', null, true)).toBeUndefined();
	expect(devices.known('ana@example.org', cookie.replace(/=.*/, '=short.short'), true)).toBeUndefined();
	expect(devices.known('ana@example.org', `${sent}; ${cookie.split(';')[0]}`, true), 'twice').toBeUndefined();
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

	test('of the larger network is the same for each of its networks', () => {
		const [one, other] = ['2001:db8:1:2::9', '2001:0db8:1:ffff::1'].map((address) => addressPrefix(address, 48));
		expect([one, other]).toEqual(['2001:db8:1::/48', '2001:db8:1::/48']);
		expect(addressPrefix('2001:db8:2:2::9', 48)).not.toBe(one);
		expect(addressPrefix('203.0.113.7', 48)).toBe('203.0.113.7');
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
