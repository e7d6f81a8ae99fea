import { afterEach, describe, expect, test, vi } from 'vitest';
import { claimCookie, readClaim } from '../../src/lib/server/forwarder/claim-cookie.ts';
import { readCookie, writeCookie } from '../../src/lib/server/forwarder/door-cookie.ts';
import { createPendingSignUps } from '../../src/lib/server/forwarder/pending-sign-ups.ts';
import type { PendingSignUps } from '../../src/lib/server/forwarder/pending-sign-ups.ts';
import { openPassword, sealPassword } from '../../src/lib/server/forwarder/sealed-password.ts';

const ana = 'ana@example.org';
const HOUR = 60 * 60_000;

afterEach(() => void vi.useRealTimers());

/** A sign-up that found room. */
async function added(pending: PendingSignUps, email: string, password: string) {
	const signUp = await pending.add(email, password);
	if (!signUp) throw new Error(`no room for ${email}`);
	return signUp;
}

describe('a sign-up that waits', () => {
	test('is forgotten an hour after its newest code, which holds for ten minutes', async () => {
		let time = 1_000_000;
		const pending = createPendingSignUps(() => time);
		const { claim } = await added(pending, ana, 'quiet river lantern');
		time += HOUR - 1;
		const code = pending.renew(ana, claim) ?? '';
		expect(code).toMatch(/^\d{6}$/);
		time += HOUR / 6 - 1;
		expect(pending.confirm(ana, claim, code)).toBe('quiet river lantern');
		time += 1;
		expect(pending.confirm(ana, claim, code)).toBeUndefined();
		expect(pending.holds(ana, claim), 'another one may be asked for').toBe(true);
		time += (HOUR * 5) / 6;
		expect([pending.holds(ana, claim), pending.renew(ana, claim), pending.recover(ana)]).toEqual([
			false,
			undefined,
			undefined
		]);
		expect(await pending.reclaim(ana, 'quiet river lantern')).toBeUndefined();
	});

	test('is confirmed by its own claim and address alone', async () => {
		const pending = createPendingSignUps();
		const [mine, other] = [await added(pending, ana, 'mine'), await added(pending, 'ben@example.org', 'other')];
		expect(pending.confirm(ana, other.claim, mine.code)).toBeUndefined();
		expect(pending.confirm('ben@example.org', mine.claim, mine.code)).toBeUndefined();
		const fresh = (await pending.reclaim(ana, 'mine')) ?? '';
		expect(pending.confirm(ana, mine.claim, mine.code), 'the claim before').toBeUndefined();
		expect(pending.confirm(ana, fresh, mine.code)).toBe('mine');
	});

	test('waits its hour out when the account is made of another one for its address', async () => {
		const pending = createPendingSignUps();
		const [one, two] = [await added(pending, ana, 'one'), await added(pending, ana, 'two')];
		const recovery = pending.recover(ana) ?? '';
		pending.settle(ana, one.claim);
		expect([pending.holds(ana, one.claim), pending.holds(ana, two.claim)]).toEqual([false, true]);
		expect(pending.recovers(ana, recovery)).toBe(false);
		expect(pending.confirm(ana, two.claim, two.code)).toBe('two');
		pending.settle(ana);
		expect(pending.holds(ana, two.claim)).toBe(true);
	});

	test('is recovered with the newest code alone, and with none once its hour is over', async () => {
		let time = 1_000_000;
		const pending = createPendingSignUps(() => time);
		await added(pending, ana, 'quiet river lantern');
		time += HOUR - 1;
		const code = pending.recover(ana) ?? '';
		expect(pending.recovers(ana, code)).toBe(true);
		time += 2;
		expect(pending.recovers(ana, code), 'it has ten minutes of its own').toBe(true);
		time += HOUR / 6;
		expect(pending.recovers(ana, code), 'which are over').toBe(false);
		expect(pending.recover(ana)).toBeUndefined();
		expect(pending.recovers(ana, code), 'another was asked for').toBe(false);
	});

	test('finds no room beside too many others, is not forgotten for them, and leaves room when it is over', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
		const pending = createPendingSignUps(undefined, 1);
		const mine = await added(pending, ana, 'mine');
		expect([await pending.add('ben@example.org', 'other'), await pending.add(ana, 'another')]).toEqual([
			undefined,
			undefined
		]);
		expect(pending.holds(ana, mine.claim)).toBe(true);
		vi.advanceTimersByTime(HOUR + 60_000);
		expect(vi.getTimerCount(), 'nothing is left to forget').toBe(0);
		await added(pending, 'ben@example.org', 'other');
	});
});

test('a password that waits opens with its claim and for its address alone, and is not there in plain', () => {
	const [claim, another] = ['A', 'B'].map((letter) => letter.repeat(42) + 'A') as [string, string];
	const sealed = sealPassword('contraseña larga', claim, ana);
	expect(sealed.includes('larga')).toBe(false);
	expect(openPassword(sealed, claim, ana)).toBe('contraseña larga');
	expect(() => openPassword(sealed, another, ana)).toThrow();
	expect(() => openPassword(sealed, claim, 'ben@example.org')).toThrow();
});

test('the cookie of a claim is read among others, and is taken back', () => {
	const claim = 'c'.repeat(43);
	const read = (cookie: string, secure: boolean) =>
		readClaim('arca-sign-up', { request: new Request('https://arca.example', { headers: { cookie } }), secure });
	for (const secure of [true, false]) {
		const cookie = claimCookie('arca-sign-up', claim, { secure });
		expect(cookie).toMatch(/; Max-Age=3600; HttpOnly; SameSite=Strict$/);
		expect(read(`theme=dark; ${cookie.split(';')[0]}; other=1`, secure)).toBe(claim);
		expect(read(`not-${cookie.split(';')[0]}`, secure)).toBeUndefined();
		expect(read(claimCookie('arca-sign-up', '', { secure }).split(';')[0] ?? '', secure)).toBeUndefined();
		expect(claimCookie('arca-sign-up', '', { secure })).toContain('Max-Age=0');
	}
});

describe('a cookie of the door', () => {
	test('is over https one that no sibling host can set, and over http keeps to the paths it is for', () => {
		expect(writeCookie('arca-x', 'mine', 60, true)).toBe(
			'__Host-arca-x=mine; Path=/; Secure; Max-Age=60; HttpOnly; SameSite=Strict'
		);
		expect(writeCookie('arca-x', 'mine', 60, false)).toBe(
			'arca-x=mine; Path=/supabase/auth; Max-Age=60; HttpOnly; SameSite=Strict'
		);
		expect(readCookie('arca-x', '__Host-arca-x=mine', true)).toBe('mine');
		expect(readCookie('arca-x', 'arca-x=tossed', true), 'without the prefix').toBeUndefined();
		expect(readCookie('arca-x', 'arca-x=mine', false)).toBe('mine');
	});

	test.each([true, false])('that came twice counts as none (https: %s)', (secure) => {
		const name = secure ? '__Host-arca-x' : 'arca-x';
		expect(readCookie('arca-x', `${name}=tossed; ${name}=mine`, secure)).toBeUndefined();
		expect(readCookie('arca-x', `${name}=mine;${name}=mine`, secure)).toBeUndefined();
		expect(readCookie('arca-x', null, secure)).toBeUndefined();
	});
});
