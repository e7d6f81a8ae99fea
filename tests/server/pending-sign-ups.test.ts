import { describe, expect, test } from 'vitest';
import { claimCookie, readClaim } from '../../src/lib/server/forwarder/claim-cookie.ts';
import { createPendingSignUps } from '../../src/lib/server/forwarder/pending-sign-ups.ts';
import { openPassword, sealPassword } from '../../src/lib/server/forwarder/sealed-password.ts';

const ana = 'ana@example.org';
const HOUR = 60 * 60_000;

describe('a sign-up that waits', () => {
	test('is forgotten an hour after its newest code', async () => {
		let time = 1_000_000;
		const pending = createPendingSignUps(() => time);
		const { claim } = await pending.add(ana, 'quiet river lantern');
		time += HOUR - 1;
		const code = pending.renew(ana, claim) ?? '';
		expect(code).toMatch(/^\d{6}$/);
		time += HOUR - 1;
		expect(pending.confirm(ana, claim, code)).toBe('quiet river lantern');
		time += 1;
		expect(pending.confirm(ana, claim, code)).toBeUndefined();
		expect([pending.holds(ana, claim), pending.renew(ana, claim), pending.recover(ana)]).toEqual([
			false,
			undefined,
			undefined
		]);
		expect(await pending.reclaim(ana, 'quiet river lantern')).toBeUndefined();
	});

	test('is confirmed by its own claim and address alone', async () => {
		const pending = createPendingSignUps();
		const [mine, other] = [await pending.add(ana, 'mine'), await pending.add('ben@example.org', 'other')];
		expect(pending.confirm(ana, other.claim, mine.code)).toBeUndefined();
		expect(pending.confirm('ben@example.org', mine.claim, mine.code)).toBeUndefined();
		const fresh = (await pending.reclaim(ana, 'mine')) ?? '';
		expect(pending.confirm(ana, mine.claim, mine.code), 'the claim before').toBeUndefined();
		expect(pending.confirm(ana, fresh, mine.code)).toBe('mine');
	});

	test('lets go of all sign-ups of an address and no other', async () => {
		const pending = createPendingSignUps();
		const [one, two] = [await pending.add(ana, 'one'), await pending.add(ana, 'two')];
		const ben = await pending.add('ben@example.org', 'three');
		expect([pending.holds(ana, one.claim), pending.holds(ana, two.claim)]).toEqual([true, true]);
		pending.drop(ana);
		expect([pending.holds(ana, one.claim), pending.holds(ana, two.claim)]).toEqual([false, false]);
		expect(pending.confirm('ben@example.org', ben.claim, ben.code)).toBe('three');
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

test('the cookie of a claim is read among others, for https only where there is https, and is taken back', () => {
	const claim = 'c'.repeat(43);
	const cookie = claimCookie(claim, true);
	expect(cookie).toMatch(/; Max-Age=3600; HttpOnly; SameSite=Strict; Secure$/);
	expect(claimCookie(claim, false)).not.toContain('Secure');
	expect(readClaim(`theme=dark; ${cookie.split(';')[0]}; other=1`)).toBe(claim);
	expect(readClaim(`not-arca-sign-up=${claim}`)).toBeUndefined();
	expect(readClaim(claimCookie('', true).split(';')[0] ?? '')).toBeUndefined();
	expect(claimCookie('', true)).toContain('Max-Age=0');
});
