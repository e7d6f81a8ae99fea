import { expect, test } from 'vitest';
import { DOMAINS, isDomain, LAYERS } from '../../../src/lib/access/domains.ts';
import { COLUMNS, tierOf } from '../../../src/lib/access/tiers.ts';

test('only health gets the user layer without being asked', () => {
	expect(DOMAINS.filter((domain) => LAYERS[domain] === 'with-user-encryption')).toEqual(['health']);
});

test('only the four domains are domains', () => {
	expect(DOMAINS.every(isDomain)).toBe(true);
	expect(isDomain('other')).toBe(false);
	expect(isDomain('Health')).toBe(false);
});

test('every sealed body is in the highest tier, and a preference is not', () => {
	expect(tierOf('public.records', 'body')).toBe('highly sensitive');
	expect(tierOf('public.entities', 'body')).toBe('highly sensitive');
	expect(tierOf('public.preferences', 'body')).toBe('internal');
	expect(tierOf('public.records', 'nothing')).toBeUndefined();
	expect(tierOf('public.nothing', 'body')).toBeUndefined();
});

test('no column has two tiers', () => {
	for (const tiers of Object.values(COLUMNS)) {
		const all = Object.values(tiers).flat();
		expect(new Set(all).size).toBe(all.length);
	}
});
