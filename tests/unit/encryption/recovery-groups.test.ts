import { expect, test } from 'vitest';
import { drawGroups, isGroup } from '../../../src/routes/encryption/recovery-groups.ts';

const code = '0ABC-1DEF-GHJK-MNPQ-RSTV-WXYZ-2345-6789-*';

test('two groups are asked for, never the same twice, never the check symbol, each of the eight at some time', () => {
	const seen = new Set<number>();
	for (let i = 0; i < 500; i++) {
		const [first, second] = drawGroups();
		expect(first).toBeLessThan(second);
		expect(second).toBeLessThan(8);
		seen.add(first).add(second);
	}
	expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test('a group is taken as a person writes it, and no other group for it', () => {
	for (const typed of ['0ABC', '0abc', ' oabc ', 'O-ABC']) expect(isGroup(code, 0, typed), typed).toBe(true);
	for (const typed of ['1DEF', 'idef', 'Ldef']) expect(isGroup(code, 1, typed), typed).toBe(true);
	for (const typed of ['', '0AB', '1DEF', '0ABC1DEF']) expect(isGroup(code, 0, typed), typed).toBe(false);
	expect(isGroup(code, 11, ''), 'a group that is not there').toBe(false);
});
