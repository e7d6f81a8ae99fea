import { expect, test } from 'vitest';
import { nextPage, signInPage } from '../../../src/lib/vault/session/next-page.ts';
import { unlockPage } from '../../../src/lib/vault/session/unlock-page.ts';

test('a page of this site is gone to, with its query', () => {
	expect(nextPage('/settings')).toBe('/settings');
	expect(nextPage('/a/finances/expense?find=tea')).toBe('/a/finances/expense?find=tea');
});

test.each([
	'https://example.org',
	'//example.org',
	'/\\example.org',
	'/\t/example.org',
	'javascript:alert(1)',
	'',
	null
])('%j is not followed', (wanted) => {
	expect(nextPage(wanted)).toBe('/entities');
});

test('dots do not lead out of the site', () => {
	expect(nextPage('/../..//example.org')).toBe('/entities');
});

test('the door does not lead back to the door', () => {
	for (const wanted of [
		'/',
		'/sign-in?next=/sign-in',
		'/create-account',
		'/reset',
		'/unlock?next=/unlock',
		'/unlock/reset'
	])
		expect(nextPage(wanted)).toBe('/entities');
});

test('the sign-in page keeps where somebody was, and says if their session ended', () => {
	expect(signInPage('/settings?a=1', null)).toBe('/sign-in?next=%2Fsettings%3Fa%3D1');
	expect(signInPage('/entities', 'ended')).toBe('/sign-in?ended=1');
	expect(signInPage('/settings', 'revoked')).toBe('/sign-in?ended=revoked');
	expect(signInPage('/entities', null)).toBe('/sign-in');
	expect(signInPage(null, null), 'signed out on purpose').toBe('/sign-in');
});

test('the unlock screen keeps where somebody was, on this site alone', () => {
	expect(unlockPage('/a/health?find=tea')).toBe('/unlock?next=%2Fa%2Fhealth%3Ffind%3Dtea');
	for (const from of ['/entities', '/unlock', '//example.org']) expect(unlockPage(from), from).toBe('/unlock');
});
