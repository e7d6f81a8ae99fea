import { expect, test } from 'vitest';
import type { LedgerAccountView } from '../../../../src/lib/import/ledger/ledger-view.ts';
import type { OwnAccount } from '../../../../src/lib/import/ledger/match-account.ts';
import { isSameNumber, maskNumber, matchAccount } from '../../../../src/lib/import/ledger/match-account.ts';

const file: LedgerAccountView = {
	key: 'ofx 1',
	name: '',
	number: '0418450200051332',
	institution: 'Bank',
	type: 'current',
	currency: 'EUR',
	entries: 3
};
const own = (id: string, more: Partial<OwnAccount> = {}): OwnAccount => ({
	id,
	name: id,
	number: '',
	currency: 'EUR',
	...more
});

test.for([
	['ES91 2100 0418 4502 0005 1332', '0418450200051332', true],
	['0418-4502-0005-1332', '0418450200051332', true],
	['****1332', 'ES9121000418450200051332', true],
	['XXXXXXXX1332', '0418450200051332', true],
	['1332', '0418450200051332', false],
	['****1333', '0418450200051332', false],
	['', '0418450200051332', false],
	['', '', false],
	['123456', '9123456', true],
	['1234567', '1234568', false]
] as const)('whether %s and %s are one account: %s', ([a, b, same]) => {
	expect(isSameNumber(a, b)).toBe(same);
	expect(isSameNumber(b, a)).toBe(same);
});

test('what was chosen before goes first, then the number, then the name', () => {
	const both = [own('a', { number: '0418450200051332' }), own('b', { name: 'Everyday' })];
	expect(matchAccount(file, both, ['b'], true)).toBe('b');
	expect(matchAccount(file, both, [], true)).toBe('a');
	expect(matchAccount({ ...file, number: '', name: 'EVERYDAY' }, both, [], false)).toBe('b');
});

test('two accounts that fit are asked about, and so is one that may be another', () => {
	const twins = [own('a', { number: '****1332' }), own('b', { number: 'ES9121000418450200051332' })];
	expect(matchAccount(file, twins, [], true)).toBe('');
	expect(matchAccount(file, twins, ['a', 'b'], true)).toBe('');
	expect(matchAccount(file, [own('a')], [], true)).toBe('a');
	expect(matchAccount(file, [own('a')], [], false)).toBe('');
	expect(matchAccount(file, [own('a', { currency: 'USD' })], [], true)).toBe('');
	expect(matchAccount(file, [own('a', { number: '77777777' })], [], true)).toBe('');
	expect(matchAccount(file, [], ['gone'], true)).toBe('');
});

test('of a number a person sees the end alone', () => {
	expect(maskNumber('ES91 2100 0418 4502 0005 1332')).toBe('•••• 1332');
	expect(maskNumber('')).toBe('');
});
