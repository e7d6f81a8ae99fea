import { expect, test } from 'vitest';
import { kinds } from '../../../src/lib/kinds/index.ts';
import { match as isDomain } from '../../../src/params/domain.ts';
import { match as isKind } from '../../../src/params/kind.ts';
import { match as isUuid } from '../../../src/params/uuid.ts';

test('addresses take only ids and domains that can be, and what may be the name of a kind', () => {
	expect(isUuid('0190a0b0-0000-7000-8000-000000000001')).toBe(true);
	expect(isUuid('0190A0B0-0000-7000-8000-000000000001')).toBe(false);
	expect(isUuid('sign-in')).toBe(false);
	expect(isDomain('finances')).toBe(true);
	expect(isDomain('settings')).toBe(false);
	for (const { name } of kinds) expect(isKind(name), name).toBe(true);
	for (const none of ['', 'Expense', 'a--b', '-a', 'a-', 'a.b', '__proto__', 'expense%20'])
		expect(isKind(none), none).toBe(false);
});
