import { expect, test } from 'vitest';
import { match as isDomain } from '../../../src/params/domain.ts';
import { match as isKind } from '../../../src/params/kind.ts';
import { match as isUuid } from '../../../src/params/uuid.ts';

test('addresses take only ids, domains and kinds that can be', () => {
	expect(isUuid('0190a0b0-0000-7000-8000-000000000001')).toBe(true);
	expect(isUuid('0190A0B0-0000-7000-8000-000000000001')).toBe(false);
	expect(isUuid('sign-in')).toBe(false);
	expect(isDomain('finances')).toBe(true);
	expect(isDomain('settings')).toBe(false);
	expect(isKind('recurring-payment')).toBe(true);
	expect(isKind('new')).toBe(false);
});
